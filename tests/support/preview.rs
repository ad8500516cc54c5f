//! A preview that runs: the real `hongtu serve` with a site in a temporary folder, asked over HTTP.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Whatever is waited for happens within this time on the slowest machine that runs the tests.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at what is waited for.
const PAUSE: Duration = Duration::from_millis(10);

/// A running preview; ended when it is dropped.
pub struct Preview {
    process: Child,
    site: TempDir,
    /// `127.0.0.1:40123`
    address: String,
    said: Arc<Mutex<String>>,
}

/// What the server answers.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

impl Preview {
    /// Starts a preview of these files at a free port, and waits until it listens.
    pub fn start(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in files {
            put(site.path(), path, text);
        }
        Self::of(site, arguments)
    }

    /// Starts a preview of a folder.
    pub fn of(site: TempDir, arguments: &[&str]) -> Self {
        Self::with_environment(site, arguments, &[])
    }

    /// Starts a preview of a folder with these variables set.
    pub fn with_environment(site: TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let (process, said) = begin(site.path(), "0", arguments, environment);
        let mut preview = Self {
            process,
            site,
            address: String::new(),
            said,
        };
        preview.wait("it says where it is", |preview| {
            preview.said().contains("预览：http://")
        });
        let said = preview.said();
        let address = said.split("预览：http://").nth(1).unwrap();
        address.split('/').next().unwrap().clone_into(&mut preview.address);
        preview
    }

    /// Ends it, lets something be done, and starts it again at the same port.
    pub fn restart(&mut self, between: impl FnOnce(&Self)) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        between(self);
        let port = self.port().to_owned();
        (self.process, self.said) = begin(self.site.path(), &port, &[], &[]);
        self.wait("it is there again", |preview| preview.said().contains("预览：http://"));
    }

    /// All that was said on standard error.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// `http://127.0.0.1:40123`
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port.
    pub fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    /// A file of the site.
    pub fn place(&self, path: &str) -> PathBuf {
        self.site.path().join(path)
    }

    /// Writes a file of the site.
    pub fn put(&self, path: &str, text: &str) {
        put(self.site.path(), path, text);
    }

    /// Renames a file or a folder of the site.
    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.place(from), self.place(to)).unwrap();
    }

    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks for a path with more headers.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers)
    }

    /// Sends a request, with the right `Host` unless there is one among the headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        ask(&self.address, &format!("{method} {path}"), headers)
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain until {what}. Said:\n{}",
                self.said()
            );
            thread::sleep(PAUSE);
        }
    }

    /// Waits until a page contains some words.
    #[track_caller]
    pub fn wait_for(&self, path: &str, words: &str) {
        self.wait(&format!("{path} contains {words}"), |preview| {
            preview.get(path).text().contains(words)
        });
    }

    /// Waits until a page answers with a status.
    #[track_caller]
    pub fn wait_for_status(&self, path: &str, status: u16) {
        self.wait(&format!("{path} is {status}"), |preview| {
            preview.get(path).status == status
        });
    }

    /// Presses Ctrl-C and returns the exit code.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let start = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "it goes on after Ctrl-C");
            thread::sleep(PAUSE);
        }
    }

    /// Listens to what a page is told. What was told so far can be asked for at any time.
    pub fn listen(&self, page: &str, seen: &str) -> Arc<Mutex<String>> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "GET /hongtu-preview/events?page={page}&seen={seen} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let told = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&told);
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        told
    }
}

/// Waits until something is so.
#[track_caller]
pub fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        thread::sleep(PAUSE);
    }
}

/// Sends a request such as `GET /` to an address.
pub fn ask(address: &str, request: &str, headers: &[(&str, &str)]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut lines = vec![format!("{request} HTTP/1.1"), "Connection: close".to_owned()];
    if !headers.iter().any(|(name, _)| *name == "Host") {
        lines.push(format!("Host: {address}"));
    }
    lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    stream
        .write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes())
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head,
        body: answer[end + 4..].to_vec(),
    }
}

/// Starts the program, and keeps what it says.
fn begin(site: &Path, port: &str, arguments: &[&str], environment: &[(&str, &str)]) -> (Child, Arc<Mutex<String>>) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_hongtu"))
        .current_dir(site)
        .args(["serve", "--port", port])
        .args(arguments)
        .env("NO_COLOR", "1")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&said);
    let stderr = BufReader::new(process.stderr.take().unwrap());
    // Read to the end, or the program would stand still at a full pipe.
    thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            let mut heard = heard.lock().unwrap();
            heard.push_str(&line);
            heard.push('\n');
        }
    });
    (process, said)
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
