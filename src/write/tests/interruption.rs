//! Runs that are killed, and runs at the same time. This test binary starts itself again as the
//! process to be killed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Outputs, Place, bring_up_to_date, clean_tree, outputs, tree};

/// Tells a process that it is one of those to be killed: the folder, `|`, the first site's number
/// and, if it may end, `|` and how many sites.
const ORDER: &str = "HONGTU_TEST_WRITE_SITES";

/// A small generator of numbers that look random (xorshift), the same in every process.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }

    fn one_of<T: Copy, const N: usize>(&mut self, choices: [T; N]) -> T {
        choices[self.below(10_000) as usize % N]
    }
}

/// A site that shares many paths with those of other numbers, some as a file here and as a folder
/// there, some in another case.
fn site(number: u32) -> Outputs {
    let mut numbers = Numbers(number.wrapping_mul(0x9e37_79b9) | 1);
    let cases = if number.is_multiple_of(2) { "cases" } else { "Cases" };
    let mut outputs = Outputs::new();
    for _ in 0..150 {
        let column = numbers.one_of([cases, "points/杭州", "a/b/c", "swap"]);
        let depth = numbers.one_of(["", "/index.html", "/deep/index.html"]);
        let path = format!("{column}/{}{depth}", numbers.below(30));
        let is_under = |inner: &str, outer: &str| inner.starts_with(&format!("{outer}/"));
        if !outputs
            .keys()
            .any(|other| is_under(other, &path) || is_under(&path, other))
        {
            let length = numbers.below(6000) as usize;
            outputs.insert(path, vec![numbers.one_of(*b"012"); length].into());
        }
    }
    outputs
}

/// Not a test of its own: what the other processes do.
#[test]
fn writes_sites_as_ordered() {
    let Ok(order) = env::var(ORDER) else { return };
    let mut parts = order.split('|');
    let folder = PathBuf::from(parts.next().unwrap());
    let first: u32 = parts.next().unwrap().parse().unwrap();
    let count: u32 = parts.next().map_or(u32::MAX / 2, |count| count.parse().unwrap());
    // Should the parent be gone, nobody kills this process.
    let deadline = Instant::now() + Duration::from_secs(60);
    for number in first..first + count {
        bring_up_to_date(&folder, &site(number)).unwrap();
        if deadline < Instant::now() {
            return;
        }
    }
}

/// Another process, which does not outlive the test.
struct Writer(Child);

impl Writer {
    fn start(folder: &Path, order: &str) -> Self {
        let (_, module) = module_path!().split_once("::").unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--exact", &format!("{module}::writes_sites_as_ordered")])
            .env(ORDER, format!("{}|{order}", folder.display()))
            .stdout(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // It may have ended by itself, and a test that fails here would hide why it failed before.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn holds_leftovers(folder: &Path) -> bool {
    folder.exists() && tree(folder).keys().any(|path| path.contains(".hongtu-"))
}

#[test]
fn killed_runs_leave_nothing_that_the_next_does_not_put_right() {
    let place = Place::new();
    place.put("foreign/a", "theirs");
    place.put("a/foreign", "theirs");
    let foreign = outputs(&[("foreign/a", "theirs"), ("a/foreign", "theirs")]);
    let mut numbers = Numbers(2026);
    let mut interrupted = 0;
    for round in 0..12 {
        for kill in 0..5 {
            let writer = Writer::start(&place.folder, &(round * 100_000 + kill * 1000).to_string());
            thread::sleep(Duration::from_millis(5 + u64::from(numbers.below(60))));
            drop(writer);
            interrupted += usize::from(holds_leftovers(&place.folder));
        }
        // Every third time little is left to be written and nearly everything to be removed.
        let last = if round % 3 == 0 {
            outputs(&[("a/b", "1")])
        } else {
            site(round)
        };
        bring_up_to_date(&place.folder, &last).unwrap();
        let mut expected = clean_tree(&foreign);
        expected.extend(clean_tree(&last));
        assert_eq!(tree(&place.folder), expected, "round {round}");
    }
    assert_ne!(interrupted, 0, "no kill came in the middle of a change");
}

#[test]
fn runs_at_the_same_time_leave_the_site_of_one_of_them() {
    let place = Place::new();
    for round in 0..4 {
        let starts = [round * 1000, round * 1000 + 500];
        let order = |start: &u32| Writer::start(&place.folder, &format!("{start}|10"));
        let mut writers: Vec<Writer> = starts.iter().map(order).collect();
        for writer in &mut writers {
            assert!(writer.0.wait().unwrap().success());
        }
        let found = tree(&place.folder);
        let is_last = |start: &u32| found == clean_tree(&site(start + 9));
        assert!(starts.iter().any(is_last), "round {round}");
    }
}

#[test]
fn a_run_waits_for_the_lock() {
    let place = Place::after(&[("a", "1")]);
    let lock = fs::File::open(place.around.path().join(".public.hongtu-lock")).unwrap();
    lock.lock().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| sender.send(place.run(&[("a", "2")])).unwrap());
        assert!(receiver.recv_timeout(Duration::from_millis(200)).is_err());
        place.holds(&[("a", "1")], &[]);
        lock.unlock().unwrap();
        assert_eq!(receiver.recv().unwrap().written, ["a"]);
    });
}
