//! Words that the site has settled: its list of right and wrong forms, its names, and one name in one way.
//! It is a help for writers, and no list of what must not be said.

mod finder;
mod mentions;
mod names;
mod near;
mod phrases;
mod two_ways;
mod vocabulary;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::entry_texts;
use crate::diagnostic::{Diagnostic, quotable, rule};
use crate::read::outline::prose::ProseBlock;
use crate::read::{Entry, Library};
use finder::Finder;
use names::Name;
use near::Suspect;
use vocabulary::{Hit, Vocabulary};

pub(super) fn check(library: &Library, diagnostics: &mut Vec<Diagnostic>) {
    let mentions = mentions::all(library);
    two_ways::check(library, &mentions, diagnostics);
    let names = names::of(library, &mentions);
    let search = Search {
        library,
        vocabulary: Vocabulary::new(&library.terms, &names::known(library, &mentions)),
        finder: Finder::new(&names),
        names: &names,
    };
    let entries: Vec<_> = library
        .entries
        .iter()
        .chain(library.introductions())
        .filter(|entry| entry.has_front_matter())
        .collect();
    let found: Vec<(Vec<Diagnostic>, Vec<Suspect>)> = entries.par_iter().map(|entry| search.entry(entry)).collect();
    let mut suspects = Vec::new();
    for (problems, more) in found {
        diagnostics.extend(problems);
        suspects.extend(more);
    }
    diagnostics.extend(near::judge(library, &names, suspects));
}

/// What is looked for in the words of each entry.
struct Search<'a> {
    library: &'a Library,
    vocabulary: Vocabulary,
    finder: Finder,
    names: &'a [Name],
}

impl Search<'_> {
    fn entry(&self, entry: &Entry) -> (Vec<Diagnostic>, Vec<Suspect>) {
        let mut problems = Vec::new();
        let mut suspects = Vec::new();
        // Front matter is taken apart only where something is in it at all.
        let front_matter = self.library.sources.text(entry.front_matter);
        let hits = self.vocabulary.hits(front_matter);
        let is_wrong = hits.iter().any(|hit| hit.wrong.is_some());
        if is_wrong || !self.finder.find(front_matter, self.names).is_empty() {
            for text in entry_texts::of_front_matter(self.library, entry) {
                self.block(&text.block, &mut problems, &mut suspects);
            }
        }
        let source = self.library.sources.get(entry.file).map_or("", |source| &*source.text);
        for block in entry.outline.prose.blocks(entry.file, source) {
            self.block(&block, &mut problems, &mut suspects);
        }
        (problems, suspects)
    }

    fn block(&self, block: &ProseBlock, problems: &mut Vec<Diagnostic>, suspects: &mut Vec<Suspect>) {
        let hits = self.vocabulary.hits(&block.text);
        problems.extend(hits.iter().filter_map(|hit| self.wrong_form(block, hit)));
        for near in self.finder.find(&block.text, self.names) {
            // What is known, or reported already, is no slip of another name.
            let is_known = |hit: &Hit| hit.range.start <= near.place.start && near.place.end <= hit.range.end;
            if !hits.iter().any(is_known) {
                suspects.push(Suspect {
                    span: block.span(near.range.clone()),
                    is_in_one_piece: block.is_in_one_piece(&near.range),
                    written: block.text[near.range.clone()].to_owned(),
                    near,
                });
            }
        }
    }

    fn wrong_form(&self, block: &ProseBlock, hit: &Hit) -> Option<Diagnostic> {
        let (number, at) = hit.wrong?;
        let term = self.library.terms.terms.get(number)?;
        let written = &block.text[hit.range.clone()];
        let span = block.span(hit.range.clone());
        let right = quotable(&term.right);
        let help = match &term.note {
            Some(note) => format!("写“{right}”。{}", quotable(note)),
            None => format!("写“{right}”"),
        };
        let mut diagnostic = Diagnostic::new(
            rule::WRONG_FORM,
            span,
            format!("“{}”是词表里的错误写法", quotable(written)),
        )
        .help(help);
        if let Some(place) = self
            .library
            .terms
            .span(&self.library.sources, number, &format!("wrong[{at}]"))
        {
            diagnostic = diagnostic.related(place, "词表里的这一条");
        }
        if !block.is_in_one_piece(&hit.range) {
            return Some(diagnostic);
        }
        Some(if term.ask {
            diagnostic.proposal(span, &*term.right)
        } else {
            diagnostic.fix(span, &*term.right)
        })
    }
}
