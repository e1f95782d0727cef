//! Divides what is to be read into tasks that threads can take: many small files in one, a large mbox in several.
//!
//! It opens only large files, to see whether they are an mbox, and reads no mail.

use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::{FileExt, MetadataExt};

use super::reading::{Span, WHOLE};
use super::walk::{Finds, Shape};
use super::{Counts, Reached, Wish};

/// A piece of work. In their order they are everything.
#[derive(Debug)]
pub(super) enum Task {
    /// Some files, as they stand in the list.
    Files(Range<usize>),
    /// A large file, or a part of it.
    Part(Part),
    /// A large file that an earlier reading has read to its end.
    Known { file: usize, counts: Counts },
}

/// A large file, or a part of one that is an mbox.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) file: usize,
    pub(super) span: Span,
    /// Which file it is, for [`Mark::file`](super::Mark::file).
    pub(super) key: String,
    /// What an earlier reading has told of the file; in its first part, else nothing.
    pub(super) before: Counts,
    /// No part of the same file follows.
    pub(super) last: bool,
}

/// How many small files make a task, and how many bytes.
const FILES: usize = 128;
const BYTES: u64 = 4 << 20;

/// Divides what was found.
pub(super) fn plan(finds: &Finds, threads: usize, part: u64, reached: &dyn Fn(&str) -> Option<Reached>) -> Vec<Task> {
    let mut tasks = Vec::new();
    let (mut small, mut bytes) = (0..0, 0_u64);
    let close = |small: &Range<usize>, tasks: &mut Vec<Task>| {
        if !small.is_empty() {
            tasks.push(Task::Files(small.clone()));
        }
    };
    for (at, file) in finds.files.iter().enumerate() {
        let key = (file.size >= part / 2).then(|| key_of(&finds.path(file))).flatten();
        let Some(key) = key else {
            if small.len() >= FILES || bytes > BYTES {
                close(&small, &mut tasks);
                (small, bytes) = (at..at, 0);
            }
            if small.is_empty() {
                small = at..at;
            }
            small.end = at + 1;
            bytes += file.size;
            continue;
        };
        close(&small, &mut tasks);
        (small, bytes) = (at + 1..at + 1, 0);
        let from = reached(&key);
        let before = from.map(|from| from.counts).unwrap_or_default();
        let span = match from {
            Some(Reached { offset: None, counts, .. }) => {
                tasks.push(Task::Known { file: at, counts });
                continue;
            }
            Some(Reached { member, offset: Some(offset), .. }) => Span { member, from: offset, ..WHOLE },
            None => WHOLE,
        };
        let divisible = threads > 1 && file.shape == Shape::ByContent && is_mbox(&finds.path(file));
        let spans = if divisible { divided(span, file.size, part) } else { vec![span] };
        let count = spans.len();
        tasks.extend(spans.into_iter().enumerate().map(|(number, span)| {
            let before = if number == 0 { before } else { Counts::default() };
            Task::Part(Part { file: at, span, key: key.clone(), before, last: number + 1 == count })
        }));
    }
    close(&small, &mut tasks);
    tasks
}

/// Parts of about the same size. Only of the first is it known that a mail begins at its start.
fn divided(span: Span, size: u64, part: u64) -> Vec<Span> {
    let mut spans = vec![span];
    let mut from = span.from;
    while size.saturating_sub(from) >= 2 * part {
        from += part;
        if let Some(last) = spans.last_mut() {
            last.until = from;
        }
        spans.push(Span { from, search: true, ..WHOLE });
    }
    spans
}

/// Another file, or a changed one, has another key.
fn key_of(path: &std::path::Path) -> Option<String> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let (device, inode, size) = (metadata.dev(), metadata.ino(), metadata.len());
    Some(format!("{device}:{inode}:{size}:{}.{:09}", metadata.mtime(), metadata.mtime_nsec()))
}

fn is_mbox(path: &std::path::Path) -> bool {
    let mut start = [0; 8];
    let read = File::open(path).and_then(|file| file.read_exact_at(&mut start, 0));
    read.is_ok() && start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).starts_with(b"From ")
}

impl Wish<'_> {
    /// A usual size of parts: small enough for all threads to end at about the same time, and half of it is read in a moment.
    pub const PART: u64 = 16 << 20;

    /// How many threads are worth having.
    pub fn threads() -> usize {
        // More wait for the disk, and for the one that writes the database.
        std::thread::available_parallelism().map_or(1, |count| count.get().min(4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: u64 = 1000;

    #[test]
    fn parts_follow_each_other_without_a_gap_and_none_is_small() {
        for (from, size, count) in
            [(0, PART, 1), (0, 2 * PART - 1, 1), (0, 2 * PART, 2), (7, 5 * PART + 9, 5), (9, 5, 1)]
        {
            let spans = divided(Span { from, ..WHOLE }, size, PART);
            let ends: Vec<u64> = spans.iter().map(|span| span.until).collect();
            let begins: Vec<u64> = spans.iter().map(|span| span.from).chain([u64::MAX]).collect();
            assert_eq!((spans.len(), begins[0], ends), (count, from, begins[1..].to_vec()), "{from} of {size}");
            assert!(spans.iter().skip(1).all(|span| span.search) && !spans[0].search);
        }
    }
}
