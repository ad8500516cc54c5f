//! Nothing outside the folder is touched, whatever lies in it and whatever its lists say.

use std::fs;

use super::Place;

/// Paths that lead elsewhere, or to hongtu's own files, on some system.
const FORBIDDEN: [&str; 20] = [
    "",
    "/",
    "/etc/hosts",
    "a/",
    "a//b",
    ".",
    "..",
    "../outside",
    "a/../../outside",
    "a/./b",
    "a\\b",
    "..\\outside",
    "C:/outside",
    "C:outside",
    "a/b.html:stream",
    "a/b. ",
    "a/...",
    "a\nb",
    "hongtu-manifest.json",
    ".Hongtu-pending",
];

#[test]
fn forbidden_paths_are_no_outputs() {
    let place = Place::after(&[("a/b", "1")]);
    for path in FORBIDDEN {
        let shown = path.replace('\\', "/");
        let message = format!("写入文件失败：…/{shown}（这个路径不能用作输出）");
        place.refuses(&[(path, "2"), ("new", "3")], &message);
    }
    let message = "写入文件失败：…/a（输出中同一路径既是文件又是文件夹）";
    place.refuses(&[("a", "1"), ("a/b", "1")], message);
}

#[test]
fn forbidden_paths_in_the_lists_are_ignored() {
    for list in ["hongtu-manifest.json", ".hongtu-pending"] {
        let place = Place::after(&[]);
        let outside = place.around.path().join("outside");
        fs::write(&outside, "1").unwrap();
        let absolute = outside.to_str().unwrap();
        place.put("a/b", "1");
        place.put("listed", "1");
        let hash = blake3::hash(b"1").to_string();
        let entry = |path: &&str| serde_json::json!({"path": path, "bytes": 1, "blake3": hash});
        let paths = FORBIDDEN.iter().chain([&absolute, &"listed"]);
        let entries: Vec<_> = paths.map(entry).collect();
        place.put(list, &serde_json::to_string(&entries).unwrap());
        assert_eq!(place.run(&[]).removed, ["listed"]);
        place.holds(&[], &[("a/b", "1")]);
        assert!(outside.exists());
    }
}

#[test]
fn a_list_that_is_none_counts_as_none() {
    let broken = [
        "",
        "[",
        "{}",
        "null",
        r#"["a"]"#,
        r#"[{"path":"a"}]"#,
        r#"[{"path":1,"bytes":1,"blake3":""}]"#,
        &"[".repeat(100_000),
    ];
    for text in broken {
        let place = Place::after(&[("a", "1")]);
        place.put("hongtu-manifest.json", text);
        place.put(".hongtu-pending", text);
        assert_eq!(place.run(&[("b", "2")]).removed, Vec::<String>::new());
        place.holds(&[("b", "2")], &[("a", "1")]);
    }
}

#[test]
fn folders_in_place_of_the_lists_are_told() {
    for list in ["hongtu-manifest.json", ".hongtu-pending"] {
        let place = Place::new();
        fs::create_dir_all(place.folder.join(list)).unwrap();
        let message = format!("读取文件失败：…/{list}（这里应当是文件，却是文件夹）");
        place.refuses(&[("a", "1")], &message);
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::super::{bring_up_to_date, outputs, tree};
    use super::*;

    #[test]
    fn no_link_in_place_of_a_folder_is_followed() {
        let place = Place::after(&[("a/b/c", "1"), ("a/b/deep/c", "1"), ("d", "2")]);
        let outside = place.around.path().join("outside");
        fs::rename(place.folder.join("a/b"), &outside).unwrap();
        symlink(&outside, place.folder.join("a/b")).unwrap();
        fs::write(outside.join(".hongtu-tmp-0"), "theirs").unwrap();
        fs::write(outside.join("deep/.hongtu-tmp-0"), "theirs").unwrap();
        let before = tree(&outside);
        let message = "建立文件夹失败：…/a/b\
                       （输出文件夹中的这个文件夹是符号链接，hongtu 不会写到别处去）";
        place.refuses(&[("a/b/c", "3"), ("d", "4")], message);
        // Nor is anything removed behind it, not even what looks like a temporary file of ours.
        assert_eq!(place.run(&[("d", "4")]).removed, Vec::<String>::new());
        assert_eq!(tree(&outside), before);
        assert!(place.folder.join("a/b").is_symlink());
    }

    #[test]
    fn a_link_in_place_of_a_file_is_replaced() {
        let place = Place::after(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let outside = place.around.path().join("outside");
        fs::write(&outside, "1").unwrap();
        for path in ["a", "b", "hongtu-manifest.json"] {
            fs::remove_file(place.folder.join(path)).unwrap();
            symlink(&outside, place.folder.join(path)).unwrap();
        }
        assert_eq!(place.run(&[("a", "1"), ("c", "3")]).written, ["a"]);
        assert_eq!(fs::read_to_string(&outside).unwrap(), "1");
        // The link at `b` stays: with the manifest gone nothing says that its path was ours.
        assert_eq!(fs::read_link(place.folder.join("b")).unwrap(), outside);
        fs::remove_file(place.folder.join("b")).unwrap();
        place.holds(&[("a", "1"), ("c", "3")], &[]);
    }

    #[test]
    fn a_link_in_place_of_an_outdated_file_goes_and_its_target_stays() {
        let place = Place::after(&[("a", "1"), ("b", "2")]);
        let outside = place.around.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("x"), "1").unwrap();
        fs::remove_file(place.folder.join("a")).unwrap();
        symlink(&outside, place.folder.join("a")).unwrap();
        // What is behind the link has the very bytes that the output will have.
        place.run(&[("a/x", "1")]);
        place.holds(&[("a/x", "1")], &[]);
        assert_eq!(fs::read_to_string(outside.join("x")).unwrap(), "1");
    }

    #[test]
    fn an_output_folder_may_be_a_link_itself() {
        let place = Place::after(&[("a", "1")]);
        let link = place.around.path().join("link");
        symlink(&place.folder, &link).unwrap();
        bring_up_to_date(&link, &outputs(&[("b", "2")])).unwrap();
        place.holds(&[("b", "2")], &[]);
        let beside = tree(place.around.path());
        assert!(!beside.contains_key(".link.hongtu-lock"), "both names lead to one lock");
    }

    #[test]
    fn a_pipe_in_place_of_a_file_is_not_read() {
        let place = Place::after(&[("a", "")]);
        fs::remove_file(place.folder.join("a")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .args([place.folder.join("a"), place.folder.join(".hongtu-pending")])
            .status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(place.run(&[("a", "")]).written, ["a"]);
            place.holds(&[("a", "")], &[]);
        }
    }
}
