//! The disk of the computer.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use super::{Disk, Locked};

/// Pauses between attempts of a rename that another program blocks: 310 ms in all.
const PAUSES: [u64; 7] = [5, 10, 20, 35, 60, 80, 100];

/// The disk of the computer, through `std::fs`.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // Opening a pipe would block: look before opening.
        let size = require_file(&fs::metadata(path)?)?;
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or(0));
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        match fs::symlink_metadata(path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        private()
            .write(true)
            .create_new(true)
            .open(path)?
            .write_all(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => require_file(&metadata).map(drop)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        private()
            .append(true)
            .create(true)
            .open(path)?
            .write_all(bytes)
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.set_len(length)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        // Opened for writing because Windows flushes nothing otherwise.
        OpenOptions::new().write(true).open(path)?.sync_data()
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        if cfg!(unix) {
            match File::open(path)?.sync_all() {
                // Some network file systems have nothing to sync in a folder.
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
                result => result,
            }
        } else {
            // Windows logs renames by itself and cannot flush a folder.
            Ok(())
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        retry(|| fs::rename(from, to), is_transient, std::thread::sleep)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn is_protected(&self, path: &Path) -> io::Result<bool> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(metadata.is_file() && metadata.permissions().readonly()),
            // Whatever stands in the way is told by the step that meets it.
            Err(_) => Ok(false),
        }
    }

    fn keep_rights(&self, replaced: &Path, by: &Path) -> io::Result<()> {
        #[cfg(unix)]
        if let Ok(metadata) = fs::symlink_metadata(replaced)
            && metadata.is_file()
        {
            use std::os::unix::fs::PermissionsExt as _;
            let rights = fs::Permissions::from_mode(metadata.permissions().mode() & 0o777);
            // Some disks have no rights to give: the file stays private.
            let _ = fs::set_permissions(by, rights);
        }
        #[cfg(not(unix))]
        let _ = (replaced, by);
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Locked> {
        let file = private()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Locked::Held(Box::new(file))),
            Err(fs::TryLockError::WouldBlock) => Ok(Locked::Busy),
            Err(fs::TryLockError::Error(error)) if is_unsupported(&error) => {
                Ok(Locked::Unsupported)
            }
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Options that create files only the user can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The size of a regular file; anything else is refused.
fn require_file(metadata: &fs::Metadata) -> io::Result<u64> {
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::from(io::ErrorKind::InvalidInput))
    }
}

/// Tells whether a file system has no locks: EOPNOTSUPP, ENOSYS or ENOLCK.
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || cfg!(target_os = "linux") && matches!(error.raw_os_error(), Some(37 | 38 | 95))
}

/// Tells whether an antivirus or a file sync may release the file in a moment: Windows errors 5
/// (access denied) and 32 (sharing violation).
fn is_transient(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// Tries again after a pause as long as the failure is transient.
fn retry(
    mut attempt: impl FnMut() -> io::Result<()>,
    is_transient: impl Fn(&io::Error) -> bool,
    mut pause: impl FnMut(Duration),
) -> io::Result<()> {
    for milliseconds in PAUSES {
        match attempt() {
            Err(error) if is_transient(&error) => pause(Duration::from_millis(milliseconds)),
            result => return result,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocked() -> io::Error {
        io::Error::from_raw_os_error(32)
    }

    #[test]
    fn a_blocked_rename_is_tried_again_for_310_ms_then_explained() {
        let (mut attempts, mut waited) = (0, Duration::ZERO);
        let result = retry(
            || {
                attempts += 1;
                Err(blocked())
            },
            |_| true,
            |pause| waited += pause,
        );
        assert!(result.is_err());
        assert_eq!((attempts, waited), (8, Duration::from_millis(310)));
    }

    #[test]
    fn a_rename_released_in_time_succeeds() {
        let mut attempts = 0;
        let result = retry(
            || {
                attempts += 1;
                if attempts < 4 { Err(blocked()) } else { Ok(()) }
            },
            |_| true,
            |_| (),
        );
        assert!(result.is_ok());
        assert_eq!(attempts, 4);
    }

    #[test]
    fn other_failures_are_not_tried_again() {
        let mut attempts = 0;
        let result = retry(
            || {
                attempts += 1;
                Err(blocked())
            },
            |_| false,
            |_| (),
        );
        assert!(result.is_err());
        assert_eq!(attempts, 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_created_is_private() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir()?;
        let (dir, file) = (root.path().join("d"), root.path().join("d/f"));
        RealDisk.create_dir(&dir)?;
        RealDisk.create(&file, b"x")?;
        RealDisk.append(&root.path().join("d/j"), b"x")?;
        let mode = |path: &Path| fs::metadata(path).map(|m| m.permissions().mode() & 0o777);
        assert_eq!(mode(&dir)?, 0o700);
        assert_eq!(mode(&file)?, 0o600);
        assert_eq!(mode(&root.path().join("d/j"))?, 0o600);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_file_leaves_its_rights_to_the_one_that_replaces_it() -> io::Result<()> {
        use super::super::write_then_rename;
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir()?;
        let (file, temp) = (root.path().join("f"), root.path().join("t"));
        let mode = || fs::metadata(&file).map(|m| m.permissions().mode() & 0o777);
        write_then_rename(&RealDisk, &temp, &file, b"1")?;
        assert_eq!(mode()?, 0o600);
        for rights in [0o644, 0o640, 0o600] {
            fs::set_permissions(&file, fs::Permissions::from_mode(rights))?;
            write_then_rename(&RealDisk, &temp, &file, b"2")?;
            assert_eq!(mode()?, rights);
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444))?;
        assert!(write_then_rename(&RealDisk, &temp, &file, b"3").is_err());
        assert_eq!((fs::read(&file)?, mode()?), (b"2".to_vec(), 0o444));
        assert!(!temp.exists());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_links_are_refused_without_blocking() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let outside = root.path().join("outside");
        fs::write(&outside, "untouched")?;
        let link = root.path().join("dossier.journal");
        std::os::unix::fs::symlink(&outside, &link)?;
        assert!(RealDisk.append(&link, b"x").is_err());
        assert_eq!(fs::read_to_string(&outside)?, "untouched");
        assert!(RealDisk.read(Path::new("/dev/null"), 10).is_err());
        Ok(())
    }
}
