//! Reads files on several threads, and tells what they find in one order: that of a single thread.
//!
//! A large mbox is read in parts at once. Where a part begins, its thread can only guess: a line that parts two mails may stand
//! inside a mail whose Content-Length says so. So what a part has brought is told only when the part before it has ended where this one began;
//! otherwise the part is read again from there.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::plan::{Part, Task, plan};
use super::reading::{Ends, Scan, Step, WHOLE, open};
use super::row::Row;
use super::teller::{Teller, Told};
use super::walk::{self, Finds, Found, Shape};
use super::{Counts, FilesError, Item, Passed, Wish, read_message, window, without_name, without_path};

/// Reads every mail at `paths` as [`read`](super::read) does for one, on several threads. What they find is prepared on them
/// and told on this one, always in the same order. A path that cannot be read is told as an [`Item::Skipped`].
pub fn read_ahead<T: Send>(
    paths: &[PathBuf],
    wish: &Wish<'_>,
    prepare: &(dyn Fn(Item) -> T + Sync),
    told: Told<'_, T>,
) -> Result<Counts, FilesError> {
    let mut here = |item: Option<Item>, passed: &Passed| told(item.map(prepare), passed);
    if let [path] = paths
        && path == Path::new("-")
    {
        return read_here(path, wish.message_limit, wish.candidate, &mut here);
    }
    let finds = walk::find_all(paths);
    let tasks = plan(&finds, wish.threads, wish.part, wish.reached);
    if tasks.len() < 2 || wish.threads < 2 {
        return tell_here(&finds, &tasks, wish.message_limit, wish.candidate, &mut here);
    }
    let row = Row::new(tasks.len());
    let (limit, candidate) = (wish.message_limit, wish.candidate);
    std::thread::scope(|scope| {
        let work = || work((&finds, &tasks), (limit, candidate), prepare, &row);
        let threads = (0..wish.threads.min(tasks.len()))
            .filter_map(|_| std::thread::Builder::new().name("scan".to_owned()).spawn_scoped(scope, work).ok());
        if threads.count() == 0 {
            // The system gives no more threads.
            return tell_here(&finds, &tasks, limit, candidate, &mut |item, passed| told(item.map(prepare), passed));
        }
        let mut teller = Teller::new(&finds, told);
        let told = tell(&mut teller, &tasks, wish, prepare, &row);
        row.stop();
        told.map(|()| teller.all())
    })
}

/// Reads on this thread alone.
pub(super) fn read_here(
    path: &Path,
    limit: u64,
    candidate: &dyn Fn(&[u8]) -> bool,
    told: Told<'_, Item>,
) -> Result<Counts, FilesError> {
    if path == Path::new("-") {
        let passed = Passed { counts: Counts::default(), done: 0, total: 0, mark: None };
        let mut sink = |item| told(Some(item), &passed);
        return read_message(&mut io::stdin().lock(), "standard input", limit, candidate, &mut sink);
    }
    let mut finds = Finds::default();
    finds.add(path)?;
    finds.strict = true;
    tell_here(&finds, &plan(&finds, 1, Wish::PART, &|_| None), limit, candidate, told)
}

fn tell_here(
    finds: &Finds,
    tasks: &[Task],
    limit: u64,
    candidate: &dyn Fn(&[u8]) -> bool,
    told: Told<'_, Item>,
) -> Result<Counts, FilesError> {
    let mut teller = Teller::new(finds, told);
    let mut buffer = window::buffer();
    if teller.unreadable(&|item| item).is_break() {
        return Ok(teller.all());
    }
    for task in tasks {
        if let Task::Known { counts, .. } = task {
            teller.ended(task, *counts, None);
            continue;
        }
        let mut out = |step: Step| teller.step(task, step.item, (step.counts, step.reached, step.done));
        let mut scan = Scan::new(limit, candidate, &mut out, &|| {});
        let read = run(task, finds, &mut scan, &mut buffer);
        let counts = scan.counts;
        teller.ended(task, counts, read.as_ref().ok());
        read?;
        if teller.stopped {
            break;
        }
    }
    Ok(teller.all())
}

/// What a thread says of its task.
enum Said<T> {
    Step(Option<T>, (Counts, (u64, u64), u64)),
    Ended(Counts, Result<Ends, FilesError>),
}

/// Up to which size a mail is read, and which of them are: told by their header.
type Wanted<'a> = (u64, &'a dyn Fn(&[u8]) -> bool);

/// A thread: takes tasks until there are none.
fn work<T>(
    (finds, tasks): (&Finds, &[Task]),
    (limit, candidate): Wanted<'_>,
    prepare: &dyn Fn(Item) -> T,
    row: &Row<Said<T>>,
) {
    let guard = Guard(row);
    let mut buffer = window::buffer();
    while let Some((number, task)) = row.take().and_then(|number| Some((number, tasks.get(number)?))) {
        if let Task::Known { counts, .. } = task {
            let ended = Said::Ended(*counts, Ok(Ends { start: Some(0), end: u64::MAX }));
            let _ = row.push(number, ended, 0);
            continue;
        }
        let mut quiet = Quiet::default();
        let mut out = |step: Step| {
            if quiet.passes_over(&step) {
                return ControlFlow::Continue(());
            }
            // The mail, and what is made of it.
            let weight = step.item.as_ref().map_or(0, |item| 2 * item.weight());
            let at = (step.counts, step.reached, step.done);
            row.push(number, Said::Step(step.item.map(prepare), at), weight)
        };
        let turn = || row.wait_for_turn(number);
        let mut scan = Scan::new(limit, candidate, &mut out, &turn);
        let read = run(task, finds, &mut scan, &mut buffer);
        let counts = scan.counts;
        let _ = row.push(number, Said::Ended(counts, read), 0);
    }
    std::mem::forget(guard);
}

/// A thread that breaks down must not leave the others waiting.
struct Guard<'a, T>(&'a Row<T>);

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Says seldom that nothing was found: each time costs two threads a moment.
#[derive(Default)]
struct Quiet {
    begun: bool,
    passed_over: u32,
}

impl Quiet {
    fn passes_over(&mut self, step: &Step) -> bool {
        // The first step says where a part begins.
        let passes = step.item.is_none() && self.begun && self.passed_over < 16;
        self.begun = true;
        self.passed_over = if passes { self.passed_over + 1 } else { 0 };
        passes
    }
}

/// Tells what the threads find, task by task.
fn tell<T>(
    teller: &mut Teller<'_, T>,
    tasks: &[Task],
    wish: &Wish<'_>,
    prepare: &(dyn Fn(Item) -> T + Sync),
    row: &Row<Said<T>>,
) -> Result<(), FilesError> {
    if teller.unreadable(prepare).is_break() {
        return Ok(());
    }
    // Where the part before has ended.
    let mut end = 0;
    for task in tasks {
        let mut said = row.next();
        if let Task::Part(part) = task
            && part.span.search
        {
            let start = match &said {
                Some(Said::Step(_, (_, (_, start), _))) => Some(*start),
                Some(Said::Ended(_, Ok(ends))) => ends.start,
                Some(Said::Ended(_, Err(_))) | None => None,
            };
            if start != Some(end) {
                row.end_turn();
                if end < part.span.until {
                    end = read_again(teller, task, part, end, wish, prepare)?;
                } else {
                    // A mail that began before reaches over all of this part.
                    teller.ended(task, Counts::default(), Some(&Ends { start: None, end }));
                }
                if teller.stopped {
                    return Ok(());
                }
                continue;
            }
        }
        loop {
            match said {
                Some(Said::Step(item, at)) => {
                    if teller.step(task, item, at).is_break() {
                        return Ok(());
                    }
                }
                Some(Said::Ended(counts, read)) => {
                    teller.ended(task, counts, read.as_ref().ok());
                    end = read?.end;
                    break;
                }
                // A thread has panicked; the scope says so.
                None => return Ok(()),
            }
            said = row.next();
        }
        row.end_turn();
    }
    Ok(())
}

/// Reads a part from where a mail begins in it, on this thread; where that ends.
fn read_again<T>(
    teller: &mut Teller<'_, T>,
    task: &Task,
    part: &Part,
    from: u64,
    wish: &Wish<'_>,
    prepare: &(dyn Fn(Item) -> T + Sync),
) -> Result<u64, FilesError> {
    let finds = teller.finds;
    let mut buffer = window::buffer();
    let mut out = |step: Step| teller.step(task, step.item.map(prepare), (step.counts, step.reached, step.done));
    let mut scan = Scan::new(wish.message_limit, wish.candidate, &mut out, &|| {});
    let span = super::reading::Span { from, search: false, ..part.span };
    let again = Task::Part(Part { span, key: String::new(), before: Counts::default(), ..*part });
    let read = run(&again, finds, &mut scan, &mut buffer);
    let counts = scan.counts;
    teller.ended(task, counts, read.as_ref().ok());
    Ok(read?.end)
}

/// Does a task. An error in a file that nobody has named is told like a mail, and the rest is read.
fn run(task: &Task, finds: &Finds, scan: &mut Scan<'_>, buffer: &mut [u8]) -> Result<Ends, FilesError> {
    let nothing = Ends { start: Some(0), end: u64::MAX };
    match task {
        Task::Known { .. } => Ok(nothing),
        Task::Files(files) => {
            let mut before = 0;
            for found in finds.files.get(files.clone()).unwrap_or_default() {
                let path = finds.path(found);
                scan.begin(before);
                let read = scan.file(&path, found.shape, WHOLE, buffer);
                before += found.size;
                if told(read, &path, (finds, found), scan)?.is_break() || scan.file_ended(before).is_break() {
                    break;
                }
            }
            Ok(nothing)
        }
        Task::Part(part) => {
            let Some(found) = finds.files.get(part.file) else { return Ok(nothing) };
            let path = finds.path(found);
            let (read, ends) = if part.span.search {
                let file: Result<File, FilesError> = open(&path, Shape::ByContent);
                match file.and_then(|file| scan.part(&file, &path, part.span, buffer)) {
                    Ok((flow, ends)) => (Ok(flow), ends),
                    Err(error) => (Err(error), nothing),
                }
            } else {
                let read = scan.file(&path, found.shape, part.span, buffer);
                // A file that has failed has no further parts.
                let end = if read.is_err() { u64::MAX } else { scan.place() };
                (read, Ends { start: Some(part.span.from), end })
            };
            told(read, &path, (finds, found), scan).map(|_| ends)
        }
    }
}

fn told(
    read: Result<ControlFlow<()>, FilesError>,
    path: &Path,
    (finds, found): (&Finds, &Found),
    scan: &mut Scan<'_>,
) -> Result<ControlFlow<()>, FilesError> {
    match read {
        Err(error) if !found.is_named() => Ok(scan.skip(path, without_path(&error))),
        Err(error) if !finds.strict => Ok(scan.skip(path, without_name(&error, path))),
        read => read,
    }
}
