//! Publishing of files: attachments as they are, pictures with their smaller forms, theme assets
//! under names that change with their bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Outputs;
use super::published::{Published, fingerprinted, named_by_hash};
use super::style_sheets::without_comments;
use super::view::{PictureVariantView, PictureView};
use crate::diagnostic::{Diagnostic, rule};
use crate::kind::Facts;
use crate::pictures::{self, Format, PictureProblem, Recipe, Variant};
use crate::read::files::{ContentFile, is_image, pictures_of};
use crate::read::link_target::{joined, split_destination};
use crate::read::outline::LinkKind;
use crate::read::pictures::KeptPictures;
use crate::read::walk::has_extension;
use crate::read::{Entry, Library};
use crate::source::Span;

/// Smaller forms that this build made: by the name of their folder in the cache, then by file.
pub type MadePictures = BTreeMap<String, BTreeMap<String, Arc<[u8]>>>;

/// All published files with their paths.
pub struct Files {
    /// Where they are.
    pub published: Published,
    /// Their bytes.
    pub outputs: Outputs,
    /// To be kept for the next build.
    pub made: MadePictures,
    /// Pictures that cannot be published.
    pub problems: Vec<Diagnostic>,
}

/// What is to be done with pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pictures {
    /// They are made as they are published.
    Made,
    /// It is only proved that they can be made; they stand for themselves.
    Proved,
}

/// Publishes all files that the library uses.
pub fn files(library: &Library, pictures: Pictures) -> Files {
    let recipe = Recipe::default();
    let mut files = Files {
        published: Published::default(),
        outputs: Outputs::new(),
        made: MadePictures::new(),
        problems: Vec::new(),
    };
    let used: Vec<&ContentFile> = library.files.used.values().collect();
    let made: Vec<_> = used
        .par_iter()
        .map(|file| {
            is_image(&file.path).then(|| match pictures {
                Pictures::Made => picture_files(file, &recipe, &library.kept_pictures),
                Pictures::Proved => proved(file, &recipe, &library.kept_pictures),
            })
        })
        .collect();
    for (file, made) in used.iter().zip(made) {
        match made {
            Some(Ok(picture)) => files.add_picture(file, &recipe, &picture),
            Some(Err(problem)) => files.problems.extend(report(library, file, &problem)),
            None => {
                let path = named_by_hash(&file.path, &file.hash);
                files.outputs.insert(path.clone(), file.bytes.clone());
                files.published.files.insert(file.path.clone(), path);
            }
        }
    }
    if pictures == Pictures::Made {
        let sheets = pictures_of_sheets(library);
        for file in used.iter().filter(|file| sheets.contains(&file.path)) {
            files.add_original(file, &recipe);
        }
    }
    files
}

/// The pictures that cannot be published, without publishing anything.
pub fn problems(library: &Library) -> Vec<Diagnostic> {
    let recipe = Recipe::default();
    let used: Vec<&ContentFile> = library.files.used.values().collect();
    used.par_iter()
        .filter(|file| is_image(&file.path))
        .filter_map(|file| Some((file, facts(file, &recipe, &library.kept_pictures).err()?)))
        .flat_map_iter(|(file, problem)| report(library, file, &problem))
        .collect()
}

/// The paths of the pictures that maps are drawn on: plans of parks, base maps.
fn pictures_of_sheets(library: &Library) -> BTreeSet<String> {
    let plans = library.shown().flat_map(|entry| {
        let plans = match &entry.facts {
            Facts::Park(park) => park.plans.as_slice(),
            _ => &[],
        };
        let from = &entry.content_path;
        plans
            .iter()
            .filter_map(move |plan| joined(from, &split_destination(&plan.picture.src).path))
    });
    let base_maps = library.base_maps().filter_map(|owned| owned.path());
    plans.chain(base_maps).collect()
}

/// The forms of one picture, and whether they were made just now.
struct PictureFiles {
    variants: Vec<Variant>,
    is_new: bool,
}

fn picture_files(file: &ContentFile, recipe: &Recipe, kept: &KeptPictures) -> Result<PictureFiles, PictureProblem> {
    if let Some(variants) = kept.folders.get(&recipe.key(&file.hash)).and_then(from_kept) {
        return Ok(PictureFiles {
            variants,
            is_new: false,
        });
    }
    let variants = pictures::variants(&file.bytes, recipe)?;
    Ok(PictureFiles { variants, is_new: true })
}

/// What is known of a picture that can be published.
fn facts(file: &ContentFile, recipe: &Recipe, kept: &KeptPictures) -> Result<pictures::Facts, PictureProblem> {
    // What was made once can be made.
    if kept.folders.contains_key(&recipe.key(&file.hash)) {
        pictures::inspect(&file.bytes)
    } else {
        pictures::prove(&file.bytes, recipe)
    }
}

/// A picture as it is, if it can be published.
fn proved(file: &ContentFile, recipe: &Recipe, kept: &KeptPictures) -> Result<PictureFiles, PictureProblem> {
    let facts = facts(file, recipe, kept)?;
    let whole = Variant {
        width: facts.width,
        height: facts.height,
        format: facts.format,
        bytes: file.bytes.to_vec(),
    };
    Ok(PictureFiles {
        variants: vec![whole],
        is_new: false,
    })
}

/// Kept files are named by their place, size and format: `00-1200x800.jpg`.
fn kept_name(at: usize, variant: &Variant) -> String {
    format!(
        "{at:02}-{}x{}.{}",
        variant.width,
        variant.height,
        variant.format.extension()
    )
}

fn format_of(extension: &str) -> Option<Format> {
    let formats = [
        Format::Jpeg,
        Format::Png,
        Format::WebP,
        Format::Gif,
        Format::Svg,
        Format::Avif,
    ];
    formats.into_iter().find(|format| format.extension() == extension)
}

fn from_kept(folder: &BTreeMap<String, Arc<[u8]>>) -> Option<Vec<Variant>> {
    let variants: Option<Vec<_>> = folder
        .iter()
        .map(|(name, bytes)| {
            let (_, rest) = name.split_once('-')?;
            let (size, extension) = rest.split_once('.')?;
            let (width, height) = size.split_once('x')?;
            Some(Variant {
                width: width.parse().ok()?,
                height: height.parse().ok()?,
                format: format_of(extension)?,
                bytes: bytes.to_vec(),
            })
        })
        .collect();
    variants.filter(|variants| !variants.is_empty())
}

impl Files {
    /// Publishes a picture that a map is drawn on at its own pixels, where it was made narrower.
    fn add_original(&mut self, file: &ContentFile, recipe: &Recipe) {
        let is_wide = pictures::inspect(&file.bytes).is_ok_and(|facts| facts.width > recipe.full_width);
        let published = self.published.pictures.get(&file.path);
        if !is_wide || published.is_none_or(|picture| picture.width > recipe.full_width) {
            return;
        }
        let Ok(variants) = pictures::variants(&file.bytes, &Recipe::own_pixels()) else {
            return;
        };
        if let Some(original) = variants.into_iter().next() {
            let bytes: Arc<[u8]> = original.bytes.into();
            let stem = file.path.rsplit_once('.').map_or(file.path.as_str(), |(stem, _)| stem);
            let path = fingerprinted(&format!("{stem}.{}", original.format.extension()), &bytes);
            self.outputs.insert(path.clone(), bytes);
            let picture = Published::plain_picture(path, original.width, original.height);
            self.published.originals.insert(file.path.clone(), picture);
        }
    }

    fn add_picture(&mut self, file: &ContentFile, recipe: &Recipe, picture: &PictureFiles) {
        let stem = file.path.rsplit_once('.').map_or(file.path.as_str(), |(stem, _)| stem);
        let mut view: Option<PictureView> = None;
        let mut keep = BTreeMap::new();
        for (at, variant) in picture.variants.iter().enumerate() {
            let bytes: Arc<[u8]> = variant.bytes.as_slice().into();
            let name = if at == 0 {
                stem.to_owned()
            } else {
                format!("{stem}-{}", variant.width)
            };
            let path = fingerprinted(&format!("{name}.{}", variant.format.extension()), &bytes);
            keep.insert(kept_name(at, variant), bytes.clone());
            self.outputs.insert(path.clone(), bytes);
            match &mut view {
                None => {
                    self.published.files.insert(file.path.clone(), path.clone());
                    view = Some(Published::plain_picture(path, variant.width, variant.height));
                }
                Some(view) if variant.format == Format::WebP && picture.variants[0].format != Format::WebP => {
                    view.webp.push(PictureVariantView {
                        src: path,
                        width: variant.width,
                    });
                }
                Some(view) => view.variants.push(PictureVariantView {
                    src: path,
                    width: variant.width,
                }),
            }
        }
        if let Some(mut view) = view {
            view.variants.sort_by_key(|variant| variant.width);
            view.webp.sort_by_key(|variant| variant.width);
            self.published.pictures.insert(file.path.clone(), view);
        }
        if picture.is_new && picture.variants.len() > 1 {
            self.made.insert(recipe.key(&file.hash), keep);
        }
    }
}

/// What is wrong with a picture, and what to do, for people.
fn explain(problem: &PictureProblem) -> (&'static str, &'static str) {
    match problem {
        PictureProblem::UnknownFormat { .. } => {
            ("不是网页能显示的格式", "转成 JPG、PNG、WebP、GIF、AVIF 或 SVG 再放进来")
        }
        PictureProblem::Malformed { .. } | PictureProblem::Undecodable { .. } => {
            ("已经损坏，打不开", "换一份完好的图片；从微信保存时等图片下载完")
        }
        PictureProblem::TooLarge { .. } => ("太大", "先缩小到长边 6000 像素以内"),
        PictureProblem::UnsafeVector { .. } => ("里面有脚本或站外内容", "用画图软件重新导出为“普通 SVG”，或者转成 PNG"),
        PictureProblem::EncodingFailed { .. } => ("处理时内存不够", "先缩小这张图片"),
    }
}

/// A picture's problem at each place that uses it.
fn report(library: &Library, file: &ContentFile, problem: &PictureProblem) -> Vec<Diagnostic> {
    let (message, help) = explain(problem);
    let mut found = Vec::new();
    for entry in library.shown().chain(library.introductions()) {
        for span in uses(library, entry, &file.path) {
            found.push(Diagnostic::new(rule::BROKEN_IMAGE, span, format!("图片 {} {message}", file.path)).help(help));
        }
    }
    let base_maps = library.base_maps();
    for owned in base_maps.filter(|owned| owned.path().as_deref() == Some(&file.path)) {
        let mut problem = Diagnostic::without_place(rule::BROKEN_IMAGE, format!("底图 {} {message}", file.path));
        problem.span = owned.span(library, "file");
        found.push(problem.help(help));
    }
    found
}

fn uses(library: &Library, entry: &Entry, path: &str) -> Vec<Span> {
    let leads_there =
        |destination: &str| joined(&entry.content_path, &split_destination(destination).path).as_deref() == Some(path);
    let in_body = entry
        .outline
        .links
        .iter()
        .filter(|link| link.kind != LinkKind::Footnote && leads_there(&link.destination))
        .map(|link| link.span);
    let in_front_matter = pictures_of(entry)
        .into_iter()
        .filter(|(_, picture)| leads_there(&picture.src))
        .map(|(way, _)| library.field_span(entry, &way));
    in_body.chain(in_front_matter).collect()
}

/// The theme's assets: by their name below `assets/`, where they are published; and their bytes.
pub fn assets(library: &Library) -> (BTreeMap<String, String>, Outputs) {
    let mut paths = BTreeMap::new();
    let mut outputs = Outputs::new();
    for (name, bytes) in &library.theme.assets {
        let bytes = lighter(name, bytes);
        let path = fingerprinted(name, &bytes);
        outputs.insert(path.clone(), bytes);
        paths.insert(name.clone(), path);
    }
    (paths, outputs)
}

/// A style sheet without its comments; anything else as it is.
fn lighter(name: &str, bytes: &Arc<[u8]>) -> Arc<[u8]> {
    match std::str::from_utf8(bytes) {
        Ok(text) if has_extension(name, "css") => without_comments(text).into_bytes().into(),
        _ => bytes.clone(),
    }
}
