//! What threads have read, in the order of the tasks: whoever reads ahead waits until it is their turn.
//!
//! It bounds what waits, so that memory does not grow with the number of threads or mails; it knows neither files nor mails.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What may wait to be told: of the task whose turn it is, and of all others together. A single thing may be heavier in the
/// task whose turn it is.
const MOST: u64 = 2 << 20;

/// How many tasks may be begun before the one whose turn it is has ended.
const AHEAD: usize = 8;

/// Waiting things by task.
pub(super) struct Row<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    tasks: usize,
    /// The next task that nobody has taken.
    next: usize,
    /// The task whose turn it is.
    turn: usize,
    lanes: BTreeMap<usize, Lane<T>>,
    /// Of everything that waits in lanes whose turn it is not.
    ahead: u64,
    stopped: bool,
}

struct Lane<T> {
    waiting: VecDeque<(T, u64)>,
    weight: u64,
}

impl<T> Row<T> {
    pub(super) fn new(tasks: usize) -> Row<T> {
        let state = State { tasks, next: 0, turn: 0, lanes: BTreeMap::new(), ahead: 0, stopped: false };
        Row { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// A task for a thread; `None` when there is no more.
    pub(super) fn take(&self) -> Option<usize> {
        let wait =
            |state: &mut State<T>| !state.stopped && state.next < state.tasks && state.next >= state.turn + AHEAD;
        let mut state = self.wait_while(self.lock(), wait);
        if state.stopped || state.next >= state.tasks {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    /// Adds what a task has brought, when there is room. `Break`: nobody wants more of it.
    pub(super) fn push(&self, task: usize, thing: T, weight: u64) -> ControlFlow<()> {
        let wait = |state: &mut State<T>| {
            if state.stopped || task < state.turn {
                return false;
            }
            let own = state.lanes.get(&task).map_or(0, |lane| lane.weight);
            if task == state.turn { own > 0 && own + weight > MOST } else { state.ahead + weight > MOST }
        };
        let mut state = self.wait_while(self.lock(), wait);
        if state.stopped || task < state.turn {
            return ControlFlow::Break(());
        }
        if task > state.turn {
            state.ahead += weight;
        }
        let lane = state.lanes.entry(task).or_insert_with(|| Lane { waiting: VecDeque::new(), weight: 0 });
        lane.weight += weight;
        lane.waiting.push_back((thing, weight));
        self.changed.notify_all();
        ControlFlow::Continue(())
    }

    /// Waits until it is the task's turn, or nobody wants it any more.
    pub(super) fn wait_for_turn(&self, task: usize) {
        drop(self.wait_while(self.lock(), |state| !state.stopped && state.turn < task));
    }

    /// The next thing of the task whose turn it is; `None` when a thread has broken down.
    pub(super) fn next(&self) -> Option<T> {
        let empty = |state: &mut State<T>| !state.stopped && state.lanes.get(&state.turn).is_none_or(Lane::is_empty);
        let mut state = self.wait_while(self.lock(), empty);
        if state.stopped {
            return None;
        }
        let turn = state.turn;
        let lane = state.lanes.get_mut(&turn)?;
        let (thing, weight) = lane.waiting.pop_front()?;
        lane.weight -= weight;
        self.changed.notify_all();
        Some(thing)
    }

    /// The next task's turn; what the last one still brings is wanted by nobody.
    pub(super) fn end_turn(&self) {
        let mut state = self.lock();
        let turn = state.turn;
        state.lanes.remove(&turn);
        state.turn += 1;
        let waits = state.lanes.get(&state.turn).map_or(0, |lane| lane.weight);
        state.ahead -= waits;
        self.changed.notify_all();
    }

    /// Nobody wants anything any more.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A thread that panics holds no lock while it does; the counts are right all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while<'a>(
        &self,
        guard: MutexGuard<'a, State<T>>,
        condition: impl FnMut(&mut State<T>) -> bool,
    ) -> MutexGuard<'a, State<T>> {
        self.changed.wait_while(guard, condition).unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Lane<T> {
    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_in_the_order_of_the_tasks_whoever_is_quicker() {
        let (row, tasks) = (Row::new(40), 40);
        let mut got = Vec::new();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while let Some(task) = row.take() {
                        for thing in 0..20 {
                            // Heavier than the room, so that threads wait for each other.
                            let _ = row.push(task, Some((task, thing)), MOST / 3);
                        }
                        let _ = row.push(task, None, 0);
                    }
                });
            }
            for _ in 0..tasks {
                while let Some(Some(thing)) = row.next() {
                    got.push(thing);
                }
                row.end_turn();
            }
        });
        let expected: Vec<_> = (0..40).flat_map(|task| (0..20).map(move |thing| (task, thing))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn who_stops_early_leaves_no_thread_waiting() {
        let row = Row::new(10);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while let Some(task) = row.take() {
                        while row.push(task, task, MOST).is_continue() {}
                        row.wait_for_turn(task + 1);
                    }
                });
            }
            assert_eq!((row.next(), row.next()), (Some(0), Some(0)));
            row.end_turn();
            assert_eq!(row.next(), Some(1));
            row.stop();
        });
        assert_eq!(row.push(1, 1, 0), ControlFlow::Break(()));
    }
}
