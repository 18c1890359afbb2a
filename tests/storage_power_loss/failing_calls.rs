//! Every call to the system fails in turn, once or for good, whole or half done.

use std::sync::Arc;

use aplomb::storage::{Error, Store};

use super::script::{DIR, at, change, expected, workspace};
use super::simulated_disk::{Fault, SimulatedDisk};

/// Every call of a session fails in turn; returns the number of sessions.
fn fail_everywhere(errno: i32, lasts: bool, is_short: bool) -> usize {
    const CHANGES: usize = 7;
    let expected = expected(CHANGES);
    for call in 0.. {
        let fault = Some(Fault {
            call,
            errno,
            lasts,
            is_short,
        });
        let place = format!("error {errno} at call {call}, lasting: {lasts}, short: {is_short}");
        let mut disk = SimulatedDisk::of(&workspace());
        disk.fault = fault;
        let disk = Arc::new(disk);
        let create = || Store::create_on(disk.clone(), DIR, expected[0].clone());
        let told = |error: &Error| {
            let message = error.to_string();
            assert!(
                message.ends_with('.') && message.contains('«'),
                "{place}: {message}"
            );
            assert!(
                !message.contains("os error") && !message.contains("Kind"),
                "{message}"
            );
        };
        // A creation that failed may have left a dossier or its backup: open or restore it then.
        let retried = |error: Error| {
            told(&error);
            create()
                .or_else(|_| Store::open_on(disk.clone(), DIR))
                .or_else(|_| Store::restore_on(disk.clone(), DIR))
        };
        let mut acknowledged = 0;
        match create().or_else(retried) {
            Err(error) => {
                assert!(lasts, "{place}: {error}");
                told(&error);
                continue;
            }
            Ok(store) => {
                let mut store = store.folding_every(3);
                for n in 0..CHANGES {
                    let before = store.dossier().clone();
                    let mut result = store.apply(change(n), at(n));
                    if let Err(error) = &result {
                        told(error);
                        assert_eq!(*store.dossier(), before, "{place}: memory intact");
                        result = store.apply(change(n), at(n));
                    }
                    if let Err(error) = &result {
                        told(error);
                        assert!(
                            lasts || store.is_read_only(),
                            "{place}: retry failed: {error}"
                        );
                        break;
                    }
                    acknowledged += 1;
                    assert_eq!(*store.dossier(), expected[acknowledged], "{place}");
                }
                if let Err(error) = store.close() {
                    told(&error);
                }
            }
        }
        // Both after the program ended, and after a power cut at the worst moment.
        for image in [disk.moment().live(), disk.moment().durable()] {
            let healthy = Arc::new(SimulatedDisk::of(&image));
            let mut store = Store::open_on(healthy.clone(), DIR)
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let found = store.dossier().clone();
            let is_right =
                found == expected[acknowledged] || expected.get(acknowledged + 1) == Some(&found);
            assert!(
                is_right,
                "{place}: {acknowledged} acknowledged, found {found:?}"
            );
            store
                .apply(change(0), at(0))
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let after = store.dossier().clone();
            store
                .close()
                .unwrap_or_else(|error| panic!("{place}: {error}"));
            let store = Store::open_on(healthy, DIR).expect("opens");
            assert_eq!(*store.dossier(), after, "{place}");
        }
        if disk.calls() <= call {
            return call;
        }
    }
    0
}

#[test]
fn every_failing_call_leaves_memory_and_disk_right() {
    let mut sessions = 0;
    // EIO, ENOSPC, EROFS, EACCES, EDQUOT.
    for errno in [5, 28, 30, 13, 122] {
        for (lasts, is_short) in [(false, false), (false, true), (true, false), (true, true)] {
            sessions += fail_everywhere(errno, lasts, is_short);
        }
    }
    println!("{sessions} sessions");
    assert!(sessions > 1000, "{sessions}");
}
