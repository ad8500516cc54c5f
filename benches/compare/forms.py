"""How each tool wants an entry to be written: its front matter, its links, and what it needs beside."""

import json

COLUMN_TITLES = {"cases": "案例", "points": "示范点", "bulletins": "简报"}
TITLE = "园区同行"
DESCRIPTION = "产业园区党建的案例、示范点和简报，都是为测速编的。"
PER_PAGE = 20
ADDRESS = "https://compare.example/"


def quoted(text):
    """A string as YAML, TOML and JSON all read it."""
    return json.dumps(text, ensure_ascii=False)


class Hongtu:
    """Markdown with YAML, and the parks and alliances that entries refer to."""

    name = "hongtu"

    @staticmethod
    def links(body):
        return body.replace("](entry:", "](../")

    @staticmethod
    def front_matter(head):
        facts = head.facts
        lines = [f"title: {quoted(head.title)}", f"date: {head.day}", f"park: {head.park.slug}",
                 f"tags: {quoted(head.tags)}", f"summary: {quoted(head.summary)}"]
        if head.column == "cases":
            lines.append(f"org: {facts['org']}")
        elif head.column == "points":
            longitude, latitude = facts["position"]
            lines += [f"category: {facts['category']}", f"tier: {facts['tier']}", f"address: {facts['address']}",
                      f"location: {{lng: {longitude}, lat: {latitude}, crs: {facts['crs']}}}", f"area: {facts['area']}",
                      "hours: 周一至周五 9:00—17:00", f"services: {quoted(facts['services'])}"]
        else:
            participants = quoted(facts["members"][:4])
            lines += [f"alliance: {head.park.alliance_slug}", f"issue: {facts['issue']}",
                      f"activity: {{type: 共建, eight_co: [{facts['together']}], participants: {participants}}}"]
        return "---\n" + "\n".join(lines) + "\n---\n"

    @staticmethod
    def others(corpus):
        columns = COLUMN_TITLES | {"alliances": "党建联盟", "parks": "园区"}
        settings = [f"title: {TITLE}", f"description: {DESCRIPTION}", f"base_url: {ADDRESS}", "columns:"]
        settings += [f"  - {{folder: {name}, title: {title}, kind: {name[:-1]}}}" for name, title in columns.items()]
        files = {"site.yaml": "\n".join(settings) + "\n"}
        founded = {}
        for park, _, day in corpus.issues:
            founded.setdefault(park.slug, day)
        for park in corpus.parks:
            place = f"{{lng: {park.longitude}, lat: {park.latitude}, crs: wgs84}}"
            files[f"parks/{park.slug}.md"] = (
                f"---\ntitle: {park.title}\nregion: \"{park.code}\"\nlocation: {place}\n---\n\n"
                f"{park.title}在{park.town}{park.district}，是为测速编的。\n")
            if park.slug in founded:
                day, first = founded[park.slug], f"{{unit: {park.title}党工委, park: {park.slug}, role: 主任单位}}"
                files[f"alliances/{park.alliance_slug}.md"] = (
                    f"---\ntitle: {park.alliance}\ndate: {day}\ntype: 园区\nfounded: {day}\n"
                    f"park: {park.slug}\nmembers:\n  - {first}\n---\n\n"
                    f"{park.title}的企业和机关支部结成的联盟，是为测速编的。\n")
        return files


class _WithToml:
    """What Hugo and Zola have in common: TOML between plus signs, an `_index.md` for each column."""

    own = ""
    prefix = ""

    @classmethod
    def links(cls, body):
        return body.replace("](entry:", f"]({cls.prefix}")

    @staticmethod
    def facts(head):
        facts = head.facts
        lines = [f"column = {quoted(head.column)}", f"kind = {quoted(COLUMN_TITLES[head.column])}",
                 f"park = {quoted(head.park.title)}"]
        if head.column == "cases":
            lines.append(f"org = {quoted(facts['org'])}")
        elif head.column == "points":
            longitude, latitude = facts["position"]
            lines += [f"category = {quoted(facts['category'])}", f"tier = {quoted(facts['tier'])}",
                      f"address = {quoted(facts['address'])}", f"lng = {longitude}", f"lat = {latitude}",
                      f"crs = {quoted(facts['crs'])}", f"area = {facts['area']}",
                      f"services = {quoted(facts['services'])}"]
        else:
            lines += [f"alliance = {quoted(head.park.alliance)}", f"issue = {facts['issue']}",
                      f"together = {quoted(facts['together'])}", f"participants = {quoted(facts['members'][:4])}"]
        return lines

    @classmethod
    def front_matter(cls, head):
        terms = [f"tags = {quoted(head.tags)}", f"parks = {quoted([head.park.title])}"]
        lines = [f"title = {quoted(head.title)}", f"date = {head.day}", f"description = {quoted(head.summary)}"]
        lines += cls.terms(terms) + [f"[{cls.own}]", *cls.facts(head)]
        return "+++\n" + "\n".join(lines) + "\n+++\n"


class Hugo(_WithToml):
    name = "hugo"
    own = "params"
    prefix = "/"

    @staticmethod
    def terms(lines):
        return lines

    @staticmethod
    def others(_corpus):
        titles = {"_index.md": TITLE} | {f"{column}/_index.md": title for column, title in COLUMN_TITLES.items()}
        return {path: f"+++\ntitle = {quoted(title)}\n+++\n" for path, title in titles.items()}


class Zola(_WithToml):
    name = "zola"
    own = "extra"
    prefix = "@/"

    @staticmethod
    def terms(lines):
        return ["[taxonomies]", *lines]

    @staticmethod
    def others(_corpus):
        files = {"_index.md": f"+++\ntitle = {quoted(TITLE)}\nsort_by = \"date\"\n+++\n"}
        for column, title in COLUMN_TITLES.items():
            lines = [f"title = {quoted(title)}", 'sort_by = "date"', f"paginate_by = {PER_PAGE}"]
            files[f"{column}/_index.md"] = "+++\n" + "\n".join(lines) + "\n+++\n"
        return files


FORMS = {form.name: form for form in (Hongtu, Hugo, Zola)}
