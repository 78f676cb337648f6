//! A Redis server of a test's own: on a free port, in a temporary directory, without persistence.

use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use palisade::Redis;
use tempfile::TempDir;

/// It is stopped when it is dropped.
pub(crate) struct RedisServer {
    process: Child,
    port: u16,
    directory: TempDir,
}

impl RedisServer {
    /// A server that answers. `None`, and the reason printed, where there is no program for it.
    pub(crate) fn start() -> Option<Self> {
        let mut directory = tempfile::tempdir().expect("a temporary directory");
        loop {
            let port = free_port();
            let process = match spawn(port, &directory) {
                Ok(process) => process,
                Err(error) => {
                    println!(
                        "skipped: `redis-server` cannot be started ({error}); install Debian's package of that name"
                    );
                    return None;
                }
            };
            let mut server = Self { process, port, directory };
            if server.answers() {
                return Some(server);
            }
            // Another process took the port in between.
            directory = tempfile::tempdir().expect("a temporary directory");
        }
    }

    pub(crate) fn redis(&self) -> Redis {
        Redis::at(&format!("redis://127.0.0.1:{}/0", self.port)).expect("an address")
    }

    /// What the server's own client hears.
    pub(crate) fn command(&self, words: &[&str]) -> String {
        let output = Command::new("redis-cli")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string()])
            .args(words)
            .output()
            .expect("`redis-cli` comes with the server");
        String::from_utf8(output.stdout).expect("a text")
    }

    /// Stops it, as a crash would.
    pub(crate) fn stop(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it stopped");
    }

    /// Starts it again where it was, empty.
    pub(crate) fn restart(&mut self) {
        self.process = spawn(self.port, &self.directory).expect("it started before");
        assert!(self.answers(), "it answered before");
    }

    /// Lets connections be made, and answers nothing.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let sent =
            Command::new("kill").args([signal, &self.process.id().to_string()]).status().expect("`kill` is there");
        assert!(sent.success());
    }

    fn answers(&mut self) -> bool {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return true;
            }
            if self.process.try_wait().expect("a child").is_some() {
                return false;
            }
            sleep(Duration::from_millis(10));
        }
        false
    }
}

fn spawn(port: u16, directory: &TempDir) -> std::io::Result<Child> {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(["--maxmemory-policy", "noeviction", "--dir"])
        .arg(directory.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

fn free_port() -> u16 {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    socket.local_addr().expect("its address").port()
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // One that is stopped already cannot be stopped again.
        let _stopped = self.process.kill();
        let _gone = self.process.wait();
    }
}
