//! What tasks have read, added up and told: found mails, how far the reading has come, where a later one can go on.
//!
//! It reads nothing, and knows nothing of threads.

use std::ops::ControlFlow;

use super::plan::Task;
use super::reading::Ends;
use super::walk::Finds;
use super::{Counts, Item, Mark, Passed, Reached};

/// Whom to tell: what was found, if it is more than that the reading has come further, and how far it has come.
pub(super) type Told<'a, T> = &'a mut dyn FnMut(Option<T>, &Passed) -> ControlFlow<()>;

/// Adds up what tasks bring, and tells it.
pub(super) struct Teller<'a, T> {
    pub(super) finds: &'a Finds,
    told: Told<'a, T>,
    /// Of everything before the task at hand, and of what has been told of that.
    counts: Counts,
    of_task: Counts,
    /// Of the parts before, and of earlier readings, of the large file at hand.
    of_file: Counts,
    file: Option<usize>,
    /// Bytes of the files before, and of all.
    done: u64,
    total: u64,
    /// What was told of that last.
    most: u64,
    /// Nobody wants to hear more.
    pub(super) stopped: bool,
}

impl<'a, T> Teller<'a, T> {
    pub(super) fn new(finds: &'a Finds, told: Told<'a, T>) -> Teller<'a, T> {
        let total = finds.files.iter().map(|file| file.size).sum();
        let none = Counts::default();
        Teller {
            finds,
            told,
            counts: none,
            of_task: none,
            of_file: none,
            file: None,
            done: 0,
            total,
            most: 0,
            stopped: false,
        }
    }

    pub(super) fn all(&self) -> Counts {
        self.counts + self.of_task
    }

    /// Tells what cannot be read at all.
    pub(super) fn unreadable(&mut self, prepare: &dyn Fn(Item) -> T) -> ControlFlow<()> {
        let finds = self.finds;
        for (path, why) in &finds.unreadable {
            self.of_task.skipped += 1;
            let (origin, why) = (path.display().to_string(), why.clone());
            let item = Item::Skipped { origin, why, header: Vec::new(), size: 0 };
            self.tell(Some(prepare(item)), 0, None)?;
        }
        self.counts = std::mem::take(&mut self.of_task);
        ControlFlow::Continue(())
    }

    /// Tells what a task has found, or how far it has come.
    pub(super) fn step(&mut self, task: &Task, item: Option<T>, at: (Counts, (u64, u64), u64)) -> ControlFlow<()> {
        let (counts, (member, offset), done) = at;
        let mark = self.begin(task).map(|key| Mark {
            file: key.to_owned(),
            reached: Reached { member, offset: Some(offset), counts: self.of_file + counts },
        });
        self.of_task = counts;
        self.tell(item, done, mark)
    }

    /// Closes a task that has brought this.
    pub(super) fn ended(&mut self, task: &Task, counts: Counts, read: Option<&Ends>) {
        let mark = self.begin(task).map(str::to_owned);
        self.of_task = Counts::default();
        self.counts = self.counts + counts;
        self.of_file = self.of_file + counts;
        let finds = self.finds;
        let size = |at: usize| finds.files.get(at).map_or(0, |file| file.size);
        let (last, bytes) = match task {
            Task::Known { file, .. } => (false, size(*file)),
            Task::Files(files) => (false, files.clone().map(size).sum()),
            Task::Part(part) => (part.last, if part.last { size(part.file) } else { 0 }),
        };
        self.done += bytes;
        // A file that could not be read to its end is to be tried again from where it failed.
        let whole = last && !self.stopped && read.is_some_and(|ends| ends.end != u64::MAX);
        if let Some(file) = mark.filter(|_| whole) {
            let reached = Reached { member: 0, offset: None, counts: self.of_file };
            // Nothing was found: whether to stop is asked again with the next thing.
            let _ = self.tell(None, 0, Some(Mark { file, reached }));
        }
    }

    /// Notices that another large file has begun; its key.
    fn begin<'b>(&mut self, task: &'b Task) -> Option<&'b str> {
        let Task::Part(part) = task else { return None };
        if self.file.replace(part.file) != Some(part.file) {
            self.of_file = part.before;
            self.counts = self.counts + part.before;
        }
        Some(&part.key)
    }

    fn tell(&mut self, item: Option<T>, done: u64, mark: Option<Mark>) -> ControlFlow<()> {
        // A file may have grown since its size was asked for, and a part that is begun reads again what the one before has read.
        self.most = self.done.saturating_add(done).min(self.total).max(self.most);
        let done = self.most;
        let passed = Passed { counts: self.all(), done, total: self.total, mark };
        let flow = (self.told)(item, &passed);
        self.stopped |= flow.is_break();
        flow
    }
}
