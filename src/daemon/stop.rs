//! The signals that end the process in order.

use std::thread;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::store::Hurry;

/// It only waits for signals, and says so once.
const STACK: usize = 64 * 1024;

/// SIGTERM and SIGINT. They are heard on a thread of their own, also while the others wait for a lock or a disk.
#[derive(Debug, Clone)]
pub struct Stop {
    wished: watch::Receiver<bool>,
    hurry: Hurry,
}

impl Stop {
    /// Takes both signals over from their defaults.
    pub fn listen() -> std::io::Result<Stop> {
        let (wish, wished) = watch::channel(false);
        let hurry = Hurry::default();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (mut terminate, mut interrupt) = {
            let _within = runtime.enter();
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
        };
        let stop = Stop { wished, hurry: hurry.clone() };
        let listening = move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            });
            hurry.up();
            // The shell may be gone already.
            let _ = wish.send(true);
        };
        thread::Builder::new().name("signals".to_owned()).stack_size(STACK).spawn(listening)?;
        Ok(stop)
    }

    /// Waits for either.
    pub async fn signalled(&mut self) {
        if self.wished.wait_for(|wished| *wished).await.is_err() {
            // The thread has ended without a word, which it never does.
            std::future::pending::<()>().await;
        }
    }

    /// Whether one has come.
    pub fn is_wished(&self) -> bool {
        self.hurry.is_up()
    }

    /// Goes up with the first signal.
    pub fn hurry(&self) -> &Hurry {
        &self.hurry
    }
}
