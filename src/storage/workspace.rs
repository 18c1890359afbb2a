//! The workspace: a folder of dossiers.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use jiff::civil::Date;

use super::disk::{Disk, RealDisk, ensure_dir};
use super::error::Error;
use super::files::{Files, SNAPSHOT};
use super::format;
use super::recovery;
use super::slug::candidates;
use super::store::Store;
use crate::domain::dossier::Dossier;

/// A folder of dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Name of its folder.
    pub slug: String,
    /// Its folder.
    pub dir: PathBuf,
    /// Name of the business; the slug when it cannot be read.
    pub name: String,
    /// Day of creation, when it can be read.
    pub created: Option<Date>,
    /// Catalogue version of the last assessment.
    pub assessed_with: Option<String>,
    /// Why it cannot be opened, in French.
    pub problem: Option<String>,
}

impl Workspace {
    /// The workspace in this folder, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace asked for (`--classeur`, else `APLOMB_CLASSEUR`), else `Aplomb` in the documents
    /// folder of the user.
    pub fn locate(option: Option<PathBuf>, variable: Option<PathBuf>) -> Result<Self, Error> {
        let asked = option
            .or(variable)
            .filter(|path| !path.as_os_str().is_empty());
        match asked {
            Some(path) => Ok(Self::at(path)),
            None => Ok(Self::at(documents_dir()?.join("Aplomb"))),
        }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Creates a dossier for this business, in a folder of its own.
    pub fn create(&self, name: &str, created: Date) -> Result<Store, Error> {
        self.create_with(Dossier::new(name, created))
    }

    /// Creates a folder for this dossier.
    pub fn create_with(&self, dossier: Dossier) -> Result<Store, Error> {
        ensure_dir(&RealDisk, &self.root).map_err(|error| Error::write(&self.root, error))?;
        let mut slugs = candidates(&dossier.name);
        let dir = loop {
            let Some(slug) = slugs.next() else {
                return Err(Error::AlreadyExists {
                    path: self.root.clone(),
                });
            };
            let dir = self.root.join(slug);
            // Creating the folder decides between two programs asking for the same name.
            match RealDisk.create_dir(&dir) {
                Ok(()) => break dir,
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::write(&dir, error)),
            }
        };
        RealDisk
            .sync_dir(&self.root)
            .map_err(|error| Error::write(&self.root, error))?;
        Store::create(dir, dossier)
    }

    /// The dossiers, by slug, each read when it is reached; none if the folder does not exist.
    pub fn list(&self) -> Result<impl Iterator<Item = Summary> + use<>, Error> {
        let root = self.root.clone();
        let slugs = self.slugs()?;
        Ok(slugs
            .into_iter()
            .filter_map(move |slug| summarise(root.join(&slug), slug)))
    }

    /// The dossier of a folder as it stands on disk, without taking it from whoever holds it.
    pub fn peek(dir: &Path) -> Result<Dossier, Error> {
        let reading = recovery::load(&RealDisk, &Files::new(dir), false)?;
        Ok(reading.dossier)
    }

    /// The folder of the dossier meant by a slug, a folder, or a path to `dossier.toml`.
    pub fn resolve(&self, asked: &str) -> Result<PathBuf, Error> {
        let is_name = !asked.is_empty() && !asked.contains(['/', '\\']) && !asked.starts_with('.');
        let in_workspace = is_name.then(|| self.root.join(asked));
        let path = PathBuf::from(asked);
        let as_file = (path.file_name() == Some(SNAPSHOT.as_ref())).then(|| match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        });
        let as_dir = (!asked.is_empty()).then_some(path);
        [in_workspace, as_file, as_dir]
            .into_iter()
            .flatten()
            .find(|dir| holds_dossier(dir))
            .ok_or_else(|| Error::NotFound {
                name: asked.to_owned(),
                workspace: self.root.clone(),
                closest: self.closest(asked),
            })
    }

    fn closest(&self, asked: &str) -> Option<String> {
        let asked = super::slug::slug(asked);
        self.slugs()
            .ok()?
            .into_iter()
            .map(|slug| (strsim::jaro_winkler(&slug, &asked), slug))
            .filter(|(score, _)| *score >= 0.8)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, slug)| slug)
    }

    /// The names of the folders, sorted.
    fn slugs(&self) -> Result<Vec<String>, Error> {
        let failed = |error| Error::read(&self.root, error);
        let entries = match std::fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut slugs = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            if let Ok(name) = entry.file_name().into_string()
                && !name.starts_with('.')
            {
                slugs.push(name);
            }
        }
        slugs.sort_unstable();
        Ok(slugs)
    }
}

/// Tells whether a folder holds a dossier, even one whose snapshot is missing.
fn holds_dossier(dir: &Path) -> bool {
    let files = Files::new(dir);
    [files.snapshot(), files.backup()]
        .iter()
        .any(|path| path.is_file())
}

/// One line of the listing; `None` when the folder is no dossier.
fn summarise(dir: PathBuf, slug: String) -> Option<Summary> {
    let files = Files::new(&dir);
    // Changes not yet folded may rename the dossier: then only the whole will do.
    let is_folded = matches!(RealDisk.exists(&files.journal()), Ok(false));
    let head = if is_folded {
        RealDisk
            .read(&files.snapshot(), format::HEAD_BYTES)
            .ok()
            .and_then(|bytes| format::head(&bytes))
    } else {
        None
    };
    if let Some(head) = head {
        return Some(Summary {
            slug,
            dir,
            name: head.name,
            created: Some(head.created),
            assessed_with: head.assessed_with,
            problem: None,
        });
    }
    if !holds_dossier(&dir) {
        return None;
    }
    Some(match recovery::load(&RealDisk, &files, false) {
        Ok(reading) => Summary {
            slug,
            dir,
            name: reading.dossier.name,
            created: Some(reading.dossier.created),
            assessed_with: reading.dossier.assessed_with,
            problem: None,
        },
        Err(error) => Summary {
            name: slug.clone(),
            slug,
            dir,
            created: None,
            assessed_with: None,
            problem: Some(error.to_string()),
        },
    })
}

/// The documents folder of the user.
fn documents_dir() -> Result<PathBuf, Error> {
    let base = etcetera::choose_base_strategy().map_err(|_| Error::NoHome)?;
    let home = base.home_dir().to_owned();
    if cfg!(all(unix, not(target_os = "macos"))) {
        let dirs = std::fs::read_to_string(base.config_dir().join("user-dirs.dirs"));
        if let Some(path) = dirs.ok().and_then(|dirs| xdg_documents(&dirs, &home)) {
            return Ok(path);
        }
    }
    Ok(home.join("Documents"))
}

/// The documents folder declared in `user-dirs.dirs`.
fn xdg_documents(dirs: &str, home: &Path) -> Option<PathBuf> {
    let value = dirs
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix("XDG_DOCUMENTS_DIR="))?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    match value.strip_prefix("$HOME") {
        Some(rest) => Some(home.join(rest.trim_start_matches('/'))),
        None => Some(PathBuf::from(value)).filter(|path| path.is_absolute()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::dossier::Change;

    const DAY: Date = date(2026, 1, 15);

    fn names(workspace: &Workspace) -> Vec<(String, String)> {
        let list = workspace.list().expect("lists");
        list.map(|summary| (summary.slug, summary.name)).collect()
    }

    #[test]
    fn collisions_get_a_number_and_everything_is_listed() {
        let root = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(root.path().join("Aplomb"));
        assert_eq!(
            names(&workspace),
            [],
            "a workspace that does not exist is empty"
        );
        for name in ["Bel Atelier", "Bel atelier !", "CON"] {
            workspace
                .create(name, DAY)
                .expect("creates")
                .close()
                .expect("closes");
        }
        std::fs::create_dir(workspace.root().join("photos")).expect("creates");
        std::fs::write(workspace.root().join("lisez-moi.txt"), "").expect("writes");
        let expected = [
            ("bel-atelier", "Bel Atelier"),
            ("bel-atelier-2", "Bel atelier !"),
            ("dossier-con", "CON"),
        ];
        let expected = expected.map(|(slug, name)| (slug.to_owned(), name.to_owned()));
        assert_eq!(names(&workspace), expected);
        let first = workspace.list().expect("lists").next().expect("a dossier");
        assert_eq!((first.created, first.problem), (Some(DAY), None));
    }

    #[test]
    fn a_listing_knows_unfolded_changes_and_says_what_is_damaged() {
        let root = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(root.path());
        let mut store = workspace.create("Avant", DAY).expect("creates");
        let change = Change::Rename {
            name: "Après".to_owned(),
        };
        store.apply(change, DAY.at(10, 0, 0, 0)).expect("applies");
        assert_eq!(
            names(&workspace),
            [("avant".to_owned(), "Après".to_owned())]
        );
        drop(store);
        let files = Files::new(root.path().join("avant"));
        std::fs::write(files.snapshot(), "# Dossier Aplomb\nformat").expect("writes");
        let damaged = workspace
            .list()
            .expect("lists")
            .next()
            .expect("still listed");
        assert!(
            damaged
                .problem
                .is_some_and(|problem| problem.contains("abîmé"))
        );
        std::fs::remove_file(files.snapshot()).expect("removes");
        let missing = workspace
            .list()
            .expect("lists")
            .next()
            .expect("still listed");
        assert!(
            missing
                .problem
                .is_some_and(|problem| problem.contains("peut être rétablie"))
        );
    }

    #[test]
    fn a_dossier_is_found_by_slug_folder_or_file() {
        let root = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(root.path());
        drop(workspace.create("Bel Atelier", DAY).expect("creates"));
        let dir = root.path().join("bel-atelier");
        let file = dir.join(SNAPSHOT);
        for asked in [
            "bel-atelier",
            &dir.to_string_lossy(),
            &file.to_string_lossy(),
        ] {
            assert_eq!(workspace.resolve(asked).expect(asked), dir);
        }
        for asked in [
            "",
            ".",
            "..",
            "autre",
            "../bel-atelier",
            "bel-atelier/documents",
        ] {
            let error = workspace.resolve(asked).expect_err(asked);
            assert!(matches!(error, Error::NotFound { .. }), "{asked}");
        }
        let error = workspace.resolve("Bel Ateliers").expect_err("a typo");
        assert!(
            error
                .to_string()
                .contains("Vouliez-vous dire « bel-atelier » ?"),
            "{error}"
        );
    }

    #[test]
    fn the_option_wins_over_the_variable() {
        let at = |path: &str| Some(PathBuf::from(path));
        let locate = |option, variable| Workspace::locate(option, variable).expect("locates");
        assert_eq!(locate(at("/a"), at("/b")).root(), Path::new("/a"));
        assert_eq!(locate(None, at("/b")).root(), Path::new("/b"));
        assert!(locate(None, at("")).root().ends_with("Aplomb"));
    }

    #[test]
    fn the_documents_folder_follows_the_desktop() {
        let home = Path::new("/home/a");
        let read = |value: &str| xdg_documents(&format!("# x\n{value}\n"), home);
        let expected = Some(PathBuf::from("/home/a/Mes documents"));
        assert_eq!(read("XDG_DOCUMENTS_DIR=\"$HOME/Mes documents\""), expected);
        assert_eq!(
            read("XDG_DOCUMENTS_DIR=\"/srv/docs\""),
            Some(PathBuf::from("/srv/docs"))
        );
        assert_eq!(read("XDG_DOCUMENTS_DIR=\"relative\""), None);
        assert_eq!(read("#XDG_DOCUMENTS_DIR=\"/srv/docs\""), None);
    }
}
