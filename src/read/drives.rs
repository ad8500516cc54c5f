//! Whether the system tells when files below a folder change: drives on the network, and folders that a
//! virtual machine is lent, do not.

use std::path::Path;

/// The file systems that tell nothing of what others write to them.
#[cfg(any(target_os = "linux", test))]
const SILENT: &[&str] = &[
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "virtiofs", "drvfs", "vboxsf", "prl_fs", "davfs",
];
/// The same through FUSE, by the beginning of the name.
#[cfg(any(target_os = "linux", test))]
const SILENT_FUSE: &[&str] = &[
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.vmhgfs",
    "fuse.davfs",
    "fuse.gvfs",
    "fuse.s3fs",
    "fuse.glusterfs",
];

/// Whether the system says nothing of changes below this folder.
pub fn is_silent(folder: &Path) -> bool {
    is_silent_here(&super::stamps::real_path(folder))
}

#[cfg(target_os = "linux")]
fn is_silent_here(folder: &Path) -> bool {
    // Without the list of drives nothing is known, and local is what most are.
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    file_system_of(&mounts, folder).is_some_and(tells_nothing)
}

#[cfg(windows)]
fn is_silent_here(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    // The real path of a letter that stands for a drive on the network begins like this, too.
    matches!(folder.components().next(), Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

#[cfg(not(any(target_os = "linux", windows)))]
fn is_silent_here(_: &Path) -> bool {
    // What macOS is not told by a drive shows when nothing happens; `--poll` is there for it.
    false
}

#[cfg(any(target_os = "linux", test))]
fn tells_nothing(file_system: &str) -> bool {
    SILENT.contains(&file_system) || SILENT_FUSE.iter().any(|name| file_system.starts_with(name))
}

/// The file system that a folder lies on: that of the mount whose place is the longest beginning of its
/// path; of equal ones the last, which covers the others.
#[cfg(any(target_os = "linux", test))]
fn file_system_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mut found: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((before, after)) = line.split_once(" - ") else {
            continue;
        };
        let (Some(place), Some(file_system)) = (before.split(' ').nth(4), after.split(' ').next()) else {
            continue;
        };
        let place = unescaped(place);
        let length = Path::new(&place).components().count();
        if folder.starts_with(&place) && found.is_none_or(|(longest, _)| length >= longest) {
            found = Some((length, file_system));
        }
    }
    found.map(|(_, file_system)| file_system)
}

/// Spaces, tabs, line ends and backslashes are written as three octal digits.
#[cfg(any(target_os = "linux", test))]
fn unescaped(place: &str) -> String {
    let signs = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    signs
        .iter()
        .fold(place.to_owned(), |place, (written, sign)| place.replace(written, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /media/park\\040share rw shared:5 - cifs //server/share rw
31 22 0:27 / /media/park rw shared:6 - nfs4 server:/park rw
32 31 8:2 / /media/park/local rw shared:7 - ext4 /dev/sdb1 rw
33 22 0:28 / /mnt/c rw - 9p drvfs rw,aname=drvfs
34 22 0:29 / /far rw - fuse.sshfs someone@server: rw
";

    #[test]
    fn a_folder_lies_on_the_nearest_mount() {
        let system = |folder: &str| file_system_of(MOUNTS, Path::new(folder));
        assert_eq!(system("/srv/content"), Some("ext4"));
        assert_eq!(system("/media/park/content"), Some("nfs4"));
        assert_eq!(system("/media/park/local/content"), Some("ext4"));
        assert_eq!(system("/media/park share/content"), Some("cifs"));
        assert_eq!(system("/media/parks"), Some("ext4"));
        assert_eq!(file_system_of("no list", Path::new("/srv")), None);
    }

    #[test]
    fn drives_of_others_tell_nothing() {
        for silent in ["nfs4", "cifs", "9p", "fuse.sshfs", "fuse.vmhgfs-fuse"] {
            assert!(tells_nothing(silent), "{silent}");
        }
        for local in ["ext4", "btrfs", "xfs", "tmpfs", "overlay", "fuseblk", "ntfs3"] {
            assert!(!tells_nothing(local), "{local}");
        }
    }
}
