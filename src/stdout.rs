//! Whether standard output was open when the program began.
//!
//! Rust opens /dev/null in place of one that is closed before `main`, and nothing tells that from a reader's own
//! /dev/null afterwards, so that it is looked at earlier. It must not know what is written.

use std::io;

#[cfg(unix)]
mod before_main {
    use std::sync::atomic::{AtomicBool, Ordering};

    static IS_CLOSED: AtomicBool = AtomicBool::new(false);

    ctor::declarative::ctor! {
        #[ctor(unsafe)]
        fn look() {
            // Asks the system alone, and nothing of Rust's that is not ready yet.
            IS_CLOSED.store(rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err(), Ordering::Relaxed);
        }
    }

    pub(super) fn is_closed() -> bool {
        IS_CLOSED.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod before_main {
    pub(super) fn is_closed() -> bool {
        false
    }
}

/// Standard output, to write to.
///
/// # Errors
/// When it was closed.
pub(crate) fn stdout() -> io::Result<io::StdoutLock<'static>> {
    if before_main::is_closed() { Err(io::Error::other("it is closed")) } else { Ok(io::stdout().lock()) }
}
