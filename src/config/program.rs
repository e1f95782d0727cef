//! Runs a program the person configured, without a shell, within a time, and ends it together with its children.
//!
//! It does not know what the program's output means, and it never shows the program's arguments: they may be secret.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};
use zeroize::Zeroizing;

/// What a program that ended well has printed.
pub struct Output {
    /// Its standard output; empty unless it was asked for.
    pub stdout: Zeroizing<Vec<u8>>,
}

/// How a program is run.
pub struct Program<'a> {
    /// The program and its arguments.
    pub command: &'a [String],
    /// What it finds on its standard input; nothing means `/dev/null`.
    pub input: &'a [u8],
    /// How many bytes of its standard output are wanted; more than that is an error. 0 means `/dev/null`.
    pub output: usize,
    /// Whether the end of its standard error is kept for the error message; otherwise it goes to `/dev/null`.
    pub complaints: bool,
    /// How long it may take before it is killed.
    pub timeout: Duration,
}

/// Why a program gave nothing. Each can be tried again; `NotStarted` and `TooMuch` will hardly go better.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// It is not there, or may not be run.
    #[error("{program} cannot be run: {source}")]
    NotStarted {
        /// The program's name.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It ended with a failure.
    #[error("{program} failed ({status}){}", said(complaint))]
    Failed {
        /// The program's name.
        program: String,
        /// `exit status 1`, `killed by signal 9`.
        status: String,
        /// The end of its standard error, made harmless; empty when it was not wanted.
        complaint: String,
    },
    /// It was still running, and has been killed with its children.
    #[error("{program} did not end within {} s and was killed", after.as_secs_f32())]
    TimedOut {
        /// The program's name.
        program: String,
        /// The time it had.
        after: Duration,
    },
    /// It printed more than it was asked for.
    #[error("{program} printed more than {limit} bytes")]
    TooMuch {
        /// The program's name.
        program: String,
        /// The bound, in bytes.
        limit: usize,
    },
    /// The caller does not want it any more; it has been killed with its children.
    #[error("{program} was stopped, because confirmd stops")]
    Stopped {
        /// The program's name.
        program: String,
    },
}

/// How long nobody looks whether the program has ended, or is to be stopped.
const SLICE: Duration = Duration::from_millis(20);

/// As much of the standard error as is shown, in characters.
const COMPLAINT: usize = 200;

impl Program<'_> {
    /// Runs it and waits for its end. `stopped` is asked every few milliseconds; once it says yes the program is killed.
    ///
    /// The end of the program counts, not that of its output: `pass` may leave a `gpg-agent` behind that holds it open.
    pub fn run(&self, stopped: &dyn Fn() -> bool) -> Result<Output, ProgramError> {
        let started = Instant::now();
        let mut group = self.start()?;
        let mut pipes = Pipes::of(&mut group.child, self);
        let mut ended: Option<ExitStatus> = None;
        loop {
            let left = self.timeout.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(ProgramError::TimedOut { program: self.name(), after: self.timeout });
            }
            if stopped() {
                return Err(ProgramError::Stopped { program: self.name() });
            }
            let wait = if ended.is_some() { Duration::ZERO } else { left.min(SLICE) };
            let moved = pipes.pump(wait).map_err(|source| self.not_started(source))?;
            if pipes.stdout_len > self.output {
                return Err(ProgramError::TooMuch { program: self.name(), limit: self.output });
            }
            match ended {
                Some(_) if moved => {}
                Some(status) => return self.outcome(status, pipes),
                None => ended = group.ended().map_err(|source| self.not_started(source))?,
            }
        }
    }

    fn start(&self) -> Result<Group, ProgramError> {
        let mut words = self.command.iter();
        let mut command = Command::new(words.next().map_or("", String::as_str));
        let pipe_if = |wanted: bool| if wanted { Stdio::piped() } else { Stdio::null() };
        command
            .args(words)
            .stdin(pipe_if(!self.input.is_empty()))
            .stdout(pipe_if(self.output > 0))
            .stderr(pipe_if(self.complaints))
            // Its own group, so that it can be killed with its children; so it cannot ask on a terminal either.
            .process_group(0)
            // The program must not speak to the service manager in confirmd's name.
            .env_remove("NOTIFY_SOCKET");
        let child = command.spawn().map_err(|source| self.not_started(source))?;
        Ok(Group { child, reaped: false })
    }

    fn outcome(&self, status: ExitStatus, mut pipes: Pipes<'_>) -> Result<Output, ProgramError> {
        if status.success() {
            pipes.stdout_kept.truncate(pipes.stdout_len);
            return Ok(Output { stdout: pipes.stdout_kept });
        }
        let status = match (status.code(), status.signal()) {
            (Some(code), _) => format!("exit status {code}"),
            (None, Some(signal)) => format!("killed by signal {signal}"),
            (None, None) => status.to_string(),
        };
        Err(ProgramError::Failed { program: self.name(), status, complaint: harmless_end(&pipes.stderr_kept) })
    }

    fn not_started(&self, source: std::io::Error) -> ProgramError {
        ProgramError::NotStarted { program: self.name(), source }
    }

    /// The program without its arguments.
    fn name(&self) -> String {
        self.command.first().cloned().unwrap_or_default()
    }
}

/// A child that leads its own process group. Unless it has ended by itself it is killed with the whole group.
struct Group {
    child: Child,
    reaped: bool,
}

impl Group {
    fn ended(&mut self) -> std::io::Result<Option<ExitStatus>> {
        let status = self.child.try_wait()?;
        self.reaped = status.is_some();
        Ok(status)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Only while the leader has not been waited for does its number still mean this group.
        if !self.reaped {
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
            // It may have moved to another group; then at least it ends itself, and the wait with it.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

struct Pipes<'a> {
    stdin: Option<ChildStdin>,
    input: &'a [u8],
    stdout: Option<ChildStdout>,
    /// Of the full length from the start: a buffer that grows would leave copies of a password behind.
    stdout_kept: Zeroizing<Vec<u8>>,
    stdout_len: usize,
    stderr: Option<ChildStderr>,
    stderr_kept: Vec<u8>,
}

impl<'a> Pipes<'a> {
    fn of(child: &mut Child, program: &Program<'a>) -> Pipes<'a> {
        Pipes {
            stdin: child.stdin.take(),
            input: program.input,
            stdout: child.stdout.take(),
            stdout_kept: Zeroizing::new(vec![0; program.output + 1]),
            stdout_len: 0,
            stderr: child.stderr.take(),
            stderr_kept: Vec::new(),
        }
    }

    /// Waits until something can be moved, at most `wait`, and moves it. Says whether something was.
    fn pump(&mut self, wait: Duration) -> std::io::Result<bool> {
        let mut fds = Vec::with_capacity(3);
        fds.extend(self.stdin.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::OUT)));
        fds.extend(self.stdout.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)));
        fds.extend(self.stderr.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)));
        let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(wait.subsec_nanos()) };
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut ready = fds.iter().map(|fd| !fd.revents().is_empty()).collect::<Vec<_>>().into_iter();
        drop(fds);
        let stdin = self.stdin.is_some() && ready.next() == Some(true);
        let stdout = self.stdout.is_some() && ready.next() == Some(true);
        let stderr = self.stderr.is_some() && ready.next() == Some(true);
        if stdin {
            self.write();
        }
        if stdout {
            self.read_stdout();
        }
        if stderr {
            self.read_stderr();
        }
        Ok(stdout || stderr)
    }

    /// A pipe that is ready takes PIPE_BUF bytes without blocking (POSIX: at least 512; Linux: 4096).
    fn write(&mut self) {
        let Some(pipe) = &mut self.stdin else { return };
        let (now, later) = self.input.split_at(self.input.len().min(512));
        match pipe.write(now) {
            Ok(written) if written == now.len() && later.is_empty() => self.stdin = None,
            Ok(written) => self.input = self.input.get(written..).unwrap_or_default(),
            // A program that does not care for its input may close it; how it ends is what counts.
            Err(_) => self.stdin = None,
        }
    }

    fn read_stdout(&mut self) {
        let Some(pipe) = &mut self.stdout else { return };
        let room = self.stdout_kept.get_mut(self.stdout_len..).unwrap_or_default();
        match pipe.read(room) {
            Ok(0) | Err(_) => self.stdout = None,
            Ok(read) => self.stdout_len += read,
        }
    }

    fn read_stderr(&mut self) {
        let Some(pipe) = &mut self.stderr else { return };
        let mut chunk = [0; 4096];
        match pipe.read(&mut chunk) {
            Ok(0) | Err(_) => self.stderr = None,
            Ok(read) => {
                self.stderr_kept.extend_from_slice(chunk.get(..read).unwrap_or_default());
                // A character has up to four bytes.
                let too_many = self.stderr_kept.len().saturating_sub(COMPLAINT * 4);
                self.stderr_kept.drain(..too_many);
            }
        }
    }
}

/// The last 200 characters of what a program or a server says, in one line, without anything a terminal would obey.
pub fn harmless_end(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    // Bidi and invisible format characters reorder what a person reads (Unicode TR 36).
    let line: Vec<char> = line
        .chars()
        .filter(
            |c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'),
        )
        .collect();
    line.get(line.len().saturating_sub(COMPLAINT)..).unwrap_or_default().iter().collect()
}

fn said(complaint: &str) -> String {
    if complaint.is_empty() { String::new() } else { format!(": {complaint}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh<'a>(script: &str, input: &'a [u8], command: &'a mut Vec<String>) -> Program<'a> {
        *command = vec!["sh".to_owned(), "-c".to_owned(), script.to_owned()];
        Program { command, input, output: 1000, complaints: true, timeout: Duration::from_secs(20) }
    }

    fn run(script: &str, input: &[u8], change: impl Fn(&mut Program<'_>)) -> Result<String, String> {
        let mut command = Vec::new();
        let mut program = sh(script, input, &mut command);
        change(&mut program);
        match program.run(&|| false) {
            Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_program_reads_its_input_and_its_output_is_kept() {
        let long = vec![b'x'; 300_000];
        assert_eq!(run("cat", b"hello", |_| {}), Ok("hello".to_owned()));
        assert_eq!(run("wc -c", &long, |_| {}).map(|text| text.trim().to_owned()), Ok("300000".to_owned()));
        assert_eq!(run("exit 0", &long, |_| {}), Ok(String::new()));
        assert_eq!(run("read x; echo input: $x", b"", |_| {}), Ok("input:\n".to_owned()));
    }

    #[test]
    fn a_failure_says_how_it_ended_and_what_was_complained_of() {
        assert_eq!(run("exit 3", b"", |_| {}), Err("sh failed (exit status 3)".to_owned()));
        assert_eq!(
            run("printf 'no\\033[31m key\\n\\342\\200\\256now' >&2; exit 1", b"", |_| {}),
            Err("sh failed (exit status 1): no [31m key now".to_owned())
        );
        assert_eq!(run("kill -9 $$", b"", |_| {}), Err("sh failed (killed by signal 9)".to_owned()));
        let endless = run("head -c 100000 /dev/zero | tr '\\0' e >&2; exit 1", b"", |_| {});
        assert_eq!(endless, Err(format!("sh failed (exit status 1): {}", "e".repeat(200))));
    }

    #[test]
    fn output_beyond_what_was_asked_for_is_an_error() {
        assert_eq!(run("yes", b"", |_| {}), Err("sh printed more than 1000 bytes".to_owned()));
        assert_eq!(run("head -c 1000 /dev/zero", b"", |_| {}).map(|text| text.len()), Ok(1000));
        assert_eq!(run("yes | head -c 5000; exit 0", b"", |program| program.output = 0), Ok(String::new()));
    }

    #[test]
    fn what_a_program_leaves_behind_does_not_hold_it_up() {
        let started = Instant::now();
        assert_eq!(run("sleep 60 & echo done", b"", |_| {}), Ok("done\n".to_owned()));
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_program_that_hangs_is_killed_with_its_children() {
        let directory = tempfile::tempdir().unwrap();
        let pid_file = directory.path().join("pid");
        let script = format!("sleep 600 & echo $! > {}; wait", pid_file.display());
        let error = run(&script, b"", |program| program.timeout = Duration::from_millis(700));
        assert_eq!(error, Err("sh did not end within 0.7 s and was killed".to_owned()));
        let child = std::fs::read_to_string(&pid_file).unwrap();
        assert_gone(child.trim());
    }

    #[test]
    fn a_program_nobody_wants_any_more_is_killed() {
        let mut command = Vec::new();
        let error = sh("sleep 600", b"", &mut command).run(&|| true).err().unwrap();
        assert_eq!(error.to_string(), "sh was stopped, because confirmd stops");
    }

    #[test]
    fn a_program_that_is_not_there_is_named_without_its_arguments() {
        let command = ["/nonexistent/pass".to_owned(), "hunter2".to_owned()];
        let program =
            Program { command: &command, input: b"", output: 10, complaints: false, timeout: Duration::from_secs(5) };
        let error = program.run(&|| false).err().unwrap();
        assert_eq!(error.to_string(), "/nonexistent/pass cannot be run: No such file or directory (os error 2)");
    }

    /// Waits for the process to be gone, or a zombie nobody has waited for yet (its new parent will).
    fn assert_gone(pid: &str) {
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            if stat.is_empty() || stat.contains(") Z ") {
                return;
            }
            assert!(Instant::now() < until, "process {pid} still runs: {stat}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
