//! Puts the theme `hong` into the program: a table of paths and bytes; and a name for the program as it is, by which
//! results of another one that were kept are told from its own.

#![allow(
    clippy::expect_used,
    reason = "a build script that cannot go on has nothing better to do than stop"
)]

use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    name_of_program();
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("themes/hong");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut table = String::from("&[\n");
    for file in files {
        let path = file
            .strip_prefix(&root)
            .expect("it is below")
            .to_string_lossy()
            .replace('\\', "/");
        println!("cargo::rerun-if-changed={}", file.display());
        writeln!(
            table,
            "    ({path:?}, include_bytes!({:?})),",
            file.display().to_string()
        )
        .expect("a string takes all");
    }
    table.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded_theme.rs");
    std::fs::write(out, table).expect("the build folder can be written");
}

/// A hash of all that the program is made from.
fn name_of_program() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for place in ["src", "themes/hong"] {
        collect(&root.join(place), &mut files);
    }
    files.extend([root.join("Cargo.toml"), root.join("build.rs")]);
    // A package that was published for others has none of its own.
    files.extend(Some(root.join("Cargo.lock")).filter(|lock| lock.exists()));
    files.sort();
    // Not a hash for the ages: it is compared with those of the same machine, and decides nothing but whether
    // work is done again.
    let mut hasher = std::hash::DefaultHasher::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        std::fs::read(&file)
            .expect("what was listed can be read")
            .hash(&mut hasher);
    }
    println!("cargo::rustc-env=HONGTU_SOURCES={:016x}", hasher.finish());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let Ok(items) = std::fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let path = item.path();
        let name = item.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
