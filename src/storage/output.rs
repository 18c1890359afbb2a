//! Documents written for the user: names that stay in their folder, contents never lost in silence.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::disk::{Disk, RealDisk, ensure_dir, write_then_rename};
use super::error::{Error, is_unsafe};
use super::slug::is_reserved;

/// The longest file name, in bytes, that leaves room for a temporary suffix.
const MAX_NAME: usize = 200;

/// The largest document compared with what it would replace.
const MAX_BYTES: u64 = 256 << 20;

/// What to do when a different file already stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Leave it and say so.
    Refuse,
    /// Replace it: the caller has asked, or keeps the previous version.
    Allow,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// There was nothing there.
    Created,
    /// The same bytes were there; nothing was written.
    Unchanged,
    /// Something else was there and was replaced.
    Replaced,
    /// Something else is there and was left alone.
    Differs,
}

/// The path of a file in a folder, refused if it could be anywhere else.
///
/// `name` may hold sub-folders, with `/`. Refused: `..`, absolute paths, names some system reserves or
/// cannot write, symbolic links on the way, and targets that are not ordinary files.
pub fn safe_output_path(root: &Path, name: &str) -> Result<PathBuf, Error> {
    let refused = |why| Error::BadName {
        name: name.to_owned(),
        why,
    };
    let mut path = root.to_owned();
    if name.is_empty() {
        return Err(refused("il est vide"));
    }
    for part in name.split('/') {
        check_part(part).map_err(refused)?;
        path.push(part);
    }
    // The checks above leave ordinary names only; let the system's own reading agree.
    let is_plain = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_plain {
        return Err(refused("il sort du dossier prévu"));
    }
    let mut step = root.to_owned();
    let last = name.split('/').count();
    for (index, part) in name.split('/').enumerate() {
        step.push(part);
        let metadata = match std::fs::symlink_metadata(&step) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => break,
            // The path cannot be written: a file stands where a folder should, access is refused…
            Err(error) => return Err(Error::write(&step, error)),
        };
        let is_expected = if index + 1 == last {
            metadata.is_file()
        } else {
            metadata.is_dir()
        };
        let occupied = |why| Error::Occupied {
            path: step.clone(),
            why,
        };
        if metadata.is_symlink() {
            return Err(occupied("un lien symbolique porte ce nom"));
        }
        if !is_expected && index + 1 < last {
            return Err(occupied("c'est un fichier, et il faut un dossier"));
        }
        if !is_expected {
            return Err(occupied(
                "autre chose qu'un fichier ordinaire porte déjà ce nom",
            ));
        }
    }
    Ok(path)
}

/// Tells why one part of a path is refused.
fn check_part(part: &str) -> Result<(), &'static str> {
    if part.is_empty() {
        Err("il commence ou finit par /, ou contient //")
    } else if part == "." || part == ".." {
        Err("il sort du dossier prévu")
    } else if part.len() > MAX_NAME {
        Err("il est trop long")
    } else if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        Err("il commence ou finit par une espace ou un point")
    } else if part
        .chars()
        .any(|c| is_unsafe(c) || r#"\:*?"<>|"#.contains(c))
    {
        Err(r#"il contient un caractère interdit (\ : * ? " < > | ou un caractère invisible)"#)
    } else if is_reserved(part) {
        Err("Windows réserve ce nom")
    } else {
        Ok(())
    }
}

/// Writes a document whole, durably, never over different content unless allowed.
pub fn write_atomic(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<Written, Error> {
    write_atomic_on(&RealDisk, path, bytes, overwrite)
}

/// [`write_atomic`] on another disk.
pub fn write_atomic_on(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    overwrite: Overwrite,
) -> Result<Written, Error> {
    let failed = |error| Error::write(path, error);
    let (Some(name), Some(parent)) = (path.file_name(), path.parent()) else {
        return Err(Error::BadName {
            name: path.to_string_lossy().into_owned(),
            why: "ce n'est pas un nom de fichier",
        });
    };
    let mut written = Written::Created;
    if disk.exists(path).map_err(failed)? {
        let limit = (bytes.len() as u64).saturating_add(1).min(MAX_BYTES);
        // Something is there that is no file: a folder, a device, a link that leads nowhere.
        let existing = disk.read(path, limit).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::InvalidInput | ErrorKind::IsADirectory => {
                Error::Occupied {
                    path: path.to_owned(),
                    why: "ce n'est pas un fichier ordinaire",
                }
            }
            _ => failed(error),
        })?;
        match (existing == bytes, overwrite) {
            (true, _) => return Ok(Written::Unchanged),
            (false, Overwrite::Refuse) => return Ok(Written::Differs),
            (false, Overwrite::Allow) => written = Written::Replaced,
        }
    }
    ensure_dir(disk, parent).map_err(failed)?;
    let mut temp = std::ffi::OsString::from(".");
    temp.push(name);
    temp.push(".tmp");
    write_then_rename(disk, &parent.join(temp), path, bytes).map_err(failed)?;
    let folder = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    disk.sync_dir(folder).map_err(failed)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_in_their_folder() {
        let root = tempfile::tempdir().expect("a folder");
        for name in [
            "mentions-legales.md",
            "documents/page vie privée.html",
            "été 🧵.txt",
        ] {
            let path = safe_output_path(root.path(), name).expect(name);
            assert_eq!(path, root.path().join(name));
        }
    }

    #[test]
    fn names_that_escape_or_surprise_are_refused() {
        let root = tempfile::tempdir().expect("a folder");
        let long = "x".repeat(300);
        for name in [
            "",
            ".",
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "/etc/passwd",
            "a//b",
            "a/",
            "C:\\x",
            "C:x",
            "\\\\server\\share",
            "a\\b",
            "CON",
            "nul.txt",
            "Com1.md",
            "lpt¹",
            "aux .md",
            "a:b",
            "a*",
            "a?",
            "a<b",
            "a|b",
            "point.",
            "espace ",
            " espace",
            "a\0b",
            "a\nb",
            "a\u{1b}[2Jb",
            "a\u{202e}b",
            &long,
        ] {
            let result = safe_output_path(root.path(), name);
            let Err(error @ Error::BadName { .. }) = result else {
                panic!("{name:?}: {result:?}")
            };
            assert!(!error.to_string().contains(is_unsafe), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_folders_in_the_way_are_refused() {
        let root = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        let link = |target: &Path, name: &str| {
            std::os::unix::fs::symlink(target, root.path().join(name)).expect("links");
        };
        link(outside.path(), "out");
        link(&outside.path().join("absent"), "dangling.md");
        std::fs::create_dir(root.path().join("folder.md")).expect("creates");
        std::fs::write(root.path().join("file"), "").expect("writes");
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket.md"));
        for name in [
            "out/x.md",
            "out",
            "dangling.md",
            "folder.md",
            "file/x.md",
            "socket.md",
        ] {
            let error = safe_output_path(root.path(), name).expect_err(name);
            assert_eq!(error.kind(), super::super::error::Kind::Write, "{error}");
        }
        assert!(safe_output_path(root.path(), "file").is_ok());
    }

    #[test]
    fn nothing_different_is_overwritten_in_silence() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("documents/page.md");
        let write = |bytes: &[u8], overwrite| write_atomic(&path, bytes, overwrite);
        assert_eq!(
            write(b"one", Overwrite::Refuse).expect("writes"),
            Written::Created
        );
        assert_eq!(
            write(b"one", Overwrite::Refuse).expect("writes"),
            Written::Unchanged
        );
        assert_eq!(
            write(b"two", Overwrite::Refuse).expect("writes"),
            Written::Differs
        );
        // A longer file with the same beginning differs too.
        assert_eq!(
            write(b"on", Overwrite::Refuse).expect("writes"),
            Written::Differs
        );
        assert_eq!(std::fs::read(&path).expect("a file"), b"one");
        assert_eq!(
            write(b"two", Overwrite::Allow).expect("writes"),
            Written::Replaced
        );
        assert_eq!(std::fs::read(&path).expect("a file"), b"two");
        let names = std::fs::read_dir(root.path().join("documents")).expect("a folder");
        assert_eq!(names.count(), 1, "no temporary file is left");
    }
}
