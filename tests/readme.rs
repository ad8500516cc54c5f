//! The README says what is so: its commands are accepted by the program, its example builds, its
//! tables are those of the code and of the theme.
//!
//! `HONGTU_BLESS=1 cargo test --test readme` writes the made tables anew: what stands between
//! `<!-- made: … -->` and `<!-- end -->`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may end where something that has to be there is not"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use hongtu::config::terms;
use hongtu::kind::{Kind, block, common};
use hongtu::schema::{Key, Shape, keys_of};
use serde_yaml::Value;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn readme() -> String {
    fs::read_to_string(here("README.md")).unwrap()
}

/// Runs the program in a folder.
fn hongtu(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(folder)
        .args(arguments)
        // Help is wrapped to this many columns where it is set.
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

// ---- Commands and examples

#[test]
fn commands_are_accepted_by_the_program() {
    let readme = readme();
    let commands: Vec<_> = shell_lines(&readme)
        .filter_map(|line| {
            line.strip_prefix("hongtu ")
                .or_else(|| line.strip_prefix("cargo run --release -- "))
        })
        .collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        // Arguments are read from left to right, so what comes before `--help` has been accepted.
        let mut arguments: Vec<_> = command.split_ascii_whitespace().collect();
        arguments.push("--help");
        let output = hongtu(&here(""), &arguments);
        assert!(output.status.success(), "{command}: {}", words(&output.stderr));
    }
}

/// The lines of all fences that are to be typed into a shell.
fn shell_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        if line.starts_with("```") {
            inside = *line == "```sh";
            return false;
        }
        inside
    })
}

#[test]
fn the_first_entry_of_the_quick_start_builds() {
    let place = tempfile::tempdir().unwrap();
    let readme = readme();
    let files: Vec<_> = readme.split("<!-- file: ").skip(1).collect();
    assert_eq!(files.len(), 2, "the site file and the first entry");
    for file in files {
        let (path, rest) = file.split_once(" -->\n").unwrap();
        let body = rest.split_once('\n').unwrap().1;
        let body = body.split_once("\n```\n").unwrap().0;
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{body}\n")).unwrap();
    }
    let checked = hongtu(place.path(), &["check", "--deny", "warnings"]);
    assert!(
        checked.status.success(),
        "{}{}",
        words(&checked.stdout),
        words(&checked.stderr)
    );
    let built = hongtu(place.path(), &["build"]);
    assert!(built.status.success(), "{}", words(&built.stderr));
    let page = fs::read_to_string(place.path().join("public/cases/shared-canteen.html")).unwrap();
    assert!(page.contains("<strong>园区综合党委</strong>"));
    assert!(place.path().join("public/index.html").is_file());
}

#[test]
fn the_settings_of_the_check_up_are_taken() {
    let readme = readme();
    let settings = readme
        .split("```yaml\n")
        .find(|block| block.starts_with("检查:"))
        .unwrap();
    let settings = settings.split_once("\n```\n").unwrap().0;
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("content/points")).unwrap();
    fs::write(
        place.path().join("content/site.yaml"),
        format!("title: 门户\n{settings}\n"),
    )
    .unwrap();
    let point = "---\n标题: 厂区夜校\n类别: 夜校\n地址: 厂区一号楼\n位置: {经度: 120.36, 纬度: 31.49, 坐标系: wgs84}\n开放时间: 工作时间\n---\n\n[没有](没有.md)\n";
    fs::write(place.path().join("content/points/night-school.md"), point).unwrap();
    let checked = hongtu(place.path(), &["check"]);
    let report = words(&checked.stdout);
    assert!(report.contains("警告[links/broken]"), "{report}");
    assert!(
        report.ends_with("可以发布：没有错误；有 1 处警告，请看一看。\n"),
        "{report}"
    );
}

#[test]
fn the_limits_of_the_check_up_are_taken() {
    let readme = readme();
    let blocks = readme.split("```yaml\n").filter(|block| block.starts_with("检查:"));
    let settings = blocks.last().unwrap().split_once("\n```\n").unwrap().0;
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("content/cases")).unwrap();
    let site_file = format!("title: 门户\n{settings}\n");
    fs::write(place.path().join("content/site.yaml"), site_file).unwrap();
    let text = "三家厂只有一家有食堂，支部坐下来商量，把饭卡打通了。".repeat(10);
    let case = format!(
        "---\n标题: 共享食堂\n报送单位: 园区党委\n---\n\n## 背景\n\n{text}\n\n## 做法\n\n{text}[办法](https://www.example.org/)\n\n## 体会\n\n借食堂不难。\n"
    );
    fs::write(place.path().join("content/cases/a.md"), case).unwrap();
    let checked = hongtu(place.path(), &["check"]);
    let report = words(&checked.stdout);
    assert!(report.contains("案例里缺“成效”这一部分"), "{report}");
    assert!(report.contains("警告[links/unlisted-host]"), "{report}");
    assert!(
        report.ends_with("可以发布：没有错误；有 2 处警告，请看一看。\n"),
        "{report}"
    );
}

#[test]
fn exit_codes_are_those_of_the_table() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(
        hongtu(place.path(), &["check", "--no-such-option"]).status.code(),
        Some(2)
    );
    assert_eq!(
        hongtu(place.path(), &["check"]).status.code(),
        Some(2),
        "there is no folder to read"
    );
    let content = place.path().join("content");
    fs::create_dir(&content).unwrap();
    fs::write(content.join("site.yaml"), "title: 门户\nsubtitel: 一行字\n").unwrap();
    assert_eq!(hongtu(place.path(), &["check"]).status.code(), Some(0), "a warning");
    let denied = ["check", "--deny", "warnings"];
    assert_eq!(
        hongtu(place.path(), &denied).status.code(),
        Some(1),
        "a warning that is denied"
    );
    fs::write(content.join("site.yaml"), "subtitle: 一行字\n").unwrap();
    assert_eq!(hongtu(place.path(), &["build"]).status.code(), Some(1), "an error");
    assert!(!place.path().join("public").exists(), "on an error nothing is written");
}

#[test]
fn files_that_the_readme_links_to_are_there() {
    let readme = readme();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = readme.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for address in links.chain(pictures) {
        let path = address.split('#').next().unwrap();
        if !path.is_empty() && !path.contains("://") {
            assert!(here(path).is_file(), "no such file: {path}");
        }
    }
}

// ---- Tables

#[test]
fn made_tables_are_up_to_date() {
    let written = readme();
    let mut made = written.clone();
    for (name, table) in [
        ("command line", command_line()),
        ("terms", settled_words()),
        ("kinds", kinds()),
        ("blocks", blocks()),
        ("options", options()),
    ] {
        let start = format!("<!-- made: {name} -->\n");
        let from = made.find(&start).unwrap() + start.len();
        let to = from + made[from..].find("<!-- end -->").unwrap();
        made.replace_range(from..to, &format!("{table}\n"));
    }
    if std::env::var_os("HONGTU_BLESS").is_some() {
        fs::write(here("README.md"), made).unwrap();
        return;
    }
    assert!(
        written == made,
        "HONGTU_BLESS=1 cargo test --test readme brings the README up to date"
    );
}

/// What the program says of its commands.
fn command_line() -> String {
    let mut table = String::from("\n```text\n");
    for arguments in [
        ["--help"].as_slice(),
        &["init", "--help"],
        &["new", "--help"],
        &["serve", "--help"],
        &["build", "--help"],
        &["check", "--help"],
        &["fix", "--help"],
        &["explain", "--help"],
        &["schema", "--help"],
        &["completions", "--help"],
    ] {
        let output = hongtu(&here(""), arguments);
        let command = arguments[..arguments.len() - 1].join(" ");
        writeln!(
            table,
            "$ hongtu {command}{}--help",
            if command.is_empty() { "" } else { " " }
        )
        .unwrap();
        let help = words(&output.stdout);
        for line in help.trim().lines() {
            writeln!(table, "{}", line.trim_end()).unwrap();
        }
        table.push('\n');
    }
    table.truncate(table.trim_end().len());
    table.push_str("\n```\n");
    table
}

/// The keys of a term, with what each is for.
fn settled_words() -> String {
    let mut table = String::from("\n| key | |\n|---|---|\n");
    for key in &terms::TERM_KEYS {
        writeln!(table, "| {} | {} |", described(key), key.help).unwrap();
    }
    table
}

/// Every kind with its folder and its keys.
fn kinds() -> String {
    let mut table = String::from("\n| kind | folder | keys |\n|---|---|---|\n");
    let common: Vec<_> = common::KEYS.iter().map(described).collect();
    writeln!(table, "| all | | {} |", common.join(", ")).unwrap();
    for kind in Kind::ALL {
        let (shared, own) = kind.keys().split_at(common::KEYS.len());
        let needed = shared.iter().zip(&common::KEYS);
        let needed = needed
            .filter(|(key, usual)| key.required && !usual.required)
            .map(|(key, _)| key);
        let keys: Vec<_> = needed.chain(own).map(described).collect();
        let keys = if keys.is_empty() {
            "—".to_owned()
        } else {
            keys.join(", ")
        };
        let (name, chinese, folder) = (kind.name(), kind.chinese(), kind.default_folder());
        writeln!(table, "| {name} {chinese} | `{folder}/` | {keys} |").unwrap();
    }
    table
}

/// Every block with its keys.
fn blocks() -> String {
    let mut table = String::from("\n| block | keys |\n|---|---|\n");
    for name in block::names() {
        let keys: Vec<_> = keys_of(block::shape(name).unwrap()).iter().map(described).collect();
        writeln!(table, "| {name} | {} |", keys.join(", ")).unwrap();
    }
    table
}

/// A key in both languages, with the words that it takes or the keys below it.
fn described(key: &Key) -> String {
    let inside: Vec<_> = keys_of(&key.shape).iter().map(named).collect();
    let choices = match &key.shape {
        // The kinds' own names are the table's first column.
        Shape::Choice(_) if key.name == "kind" => &[],
        Shape::Choice(words) | Shape::List(Shape::Choice(words)) => *words,
        _ => &[],
    };
    let mut text = named(key);
    if !inside.is_empty() {
        write!(text, " ({})", inside.join(", ")).unwrap();
    } else if !choices.is_empty() {
        write!(text, " ({})", choices.join(" · ")).unwrap();
    }
    text
}

fn named(key: &Key) -> String {
    let both = if key.name == key.chinese {
        key.name.to_owned()
    } else {
        format!("{} {}", key.name, key.chinese)
    };
    if key.required { format!("**{both}**") } else { both }
}

/// The theme's options, as its own file describes them.
fn options() -> String {
    let theme: Value = serde_yaml::from_str(&fs::read_to_string(here("themes/hong/theme.yaml")).unwrap()).unwrap();
    let mut table = String::from("\n| option | default | |\n|---|---|---|\n");
    for (name, option) in theme["options"].as_mapping().unwrap() {
        let default = serde_yaml::to_string(&option["default"]).unwrap();
        let (name, description) = (name.as_str().unwrap(), option["description"].as_str().unwrap());
        writeln!(table, "| `{name}` | `{}` | {description} |", default.trim()).unwrap();
    }
    table
}

#[test]
fn the_table_of_templates_is_that_of_the_theme() {
    let folder = here("themes/hong/templates");
    let in_theme: BTreeSet<String> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|item| item.file_type().is_file())
        .map(|item| {
            item.path()
                .strip_prefix(&folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        // The small parts are described in theme.yaml.
        .filter(|path| !path.starts_with("partials/") && !path.starts_with("components/"))
        .collect();
    let readme = readme();
    let table = readme.split("| template | shows |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let in_readme: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    assert_eq!(in_readme, in_theme);
}
