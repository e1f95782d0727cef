//! An alarm at a time of the wall clock: it also goes off when the clock is set, and after the machine has slept.
//!
//! tokio's timers count monotonic time, which stands still while a laptop sleeps: a deadline at midnight would be noticed
//! hours late. A timerfd on CLOCK_REALTIME with TFD_TIMER_CANCEL_ON_SET has neither fault, and no ticking.

use std::os::fd::OwnedFd;

use jiff::Timestamp;
use rustix::io::Errno;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Why the alarm has gone off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rang {
    /// It is time.
    Time,
    /// Somebody has set the clock, or the machine has slept and set it on waking.
    ClockSet,
}

/// One alarm.
#[derive(Debug)]
pub struct Alarm {
    timer: AsyncFd<OwnedFd>,
}

impl Alarm {
    /// An alarm that is not set. Needs a tokio runtime.
    pub fn new() -> std::io::Result<Alarm> {
        let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK)?;
        #[expect(deprecated, reason = "its replacement is `unsafe` for types without IO safety; an OwnedFd has it")]
        let timer = AsyncFd::with_interest(timer, Interest::READABLE)?;
        Ok(Alarm { timer })
    }

    /// Sets it to a moment; with none, it goes off only when the clock is set.
    pub fn set(&self, at: Option<Timestamp>) -> std::io::Result<()> {
        // The last moment of the kernel's clock (2^63 ns, in the year 2262): a timer must be running to notice that the clock is
        // set, and must not have gone off already where the clock says 2201.
        const FAR: i64 = 9_223_372_036;
        let at = at.map_or((FAR, 0), |at| (at.as_second(), i64::from(at.subsec_nanosecond().max(0))));
        // 0 would disarm it.
        let value = Timespec { tv_sec: at.0.max(1), tv_nsec: at.1 };
        let never = Timespec { tv_sec: 0, tv_nsec: 0 };
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        timerfd_settime(self.timer.get_ref(), flags, &Itimerspec { it_interval: never, it_value: value })?;
        Ok(())
    }

    /// Waits until it goes off, or the clock is set.
    pub async fn wait(&self) -> Rang {
        loop {
            let Ok(mut ready) = self.timer.readable().await else { return std::future::pending().await };
            let read = ready.try_io(|timer| {
                let mut expirations = [0u8; 8];
                match rustix::io::read(timer.get_ref(), &mut expirations) {
                    Ok(_) => Ok(Rang::Time),
                    Err(Errno::CANCELED) => Ok(Rang::ClockSet),
                    Err(error) => Err(error.into()),
                }
            });
            if let Ok(Ok(rang)) = read {
                return rang;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_off_at_its_time_and_can_be_set_again() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let alarm = Alarm::new().unwrap();
            for _ in 0..2 {
                alarm.set(Some(Timestamp::now() - jiff::SignedDuration::from_secs(60))).unwrap();
                assert_eq!(alarm.wait().await, Rang::Time);
            }
            alarm.set(None).unwrap();
            let early = tokio::time::timeout(std::time::Duration::from_millis(50), alarm.wait()).await;
            assert!(early.is_err(), "an alarm that is not set does not go off");
        });
    }
}
