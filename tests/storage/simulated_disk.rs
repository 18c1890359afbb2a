//! A disk in memory that forgets what was not synced.
//!
//! Model: a file has durable bytes and pending writes, in order; a folder has durable names and pending
//! operations on names. `sync_file` makes the writes of one file durable, `sync_dir` the names of one
//! folder; neither does the other's work. A power cut keeps any prefix of the pending writes of each
//! file — the last one whole, torn, filled with zeros, or with its sectors out of order — and any
//! subset of the pending operations on names when they are few, else any prefix.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use aplomb::storage::disk::{Disk, Locked};

/// What a power cut leaves, or what is durable: paths and contents; folders have none.
pub type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Dir,
    File(usize),
}

#[derive(Debug, Clone)]
enum NameOp {
    Set(PathBuf, Node),
    Remove(PathBuf),
    Rename(PathBuf, PathBuf, Node),
}

impl NameOp {
    fn folder(&self) -> &Path {
        let (Self::Set(path, _) | Self::Remove(path) | Self::Rename(path, ..)) = self;
        path.parent().expect("every path has a parent")
    }

    fn perform(&self, names: &mut BTreeMap<PathBuf, Node>) {
        match self {
            Self::Set(path, node) => drop(names.insert(path.clone(), *node)),
            Self::Remove(path) => drop(names.remove(path)),
            Self::Rename(from, to, node) => {
                if names.get(from) == Some(node) {
                    names.remove(from);
                }
                names.insert(to.clone(), *node);
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Write {
    Append(Vec<u8>),
    Truncate(usize),
}

#[derive(Debug, Clone, Default)]
struct Inode {
    durable: Vec<u8>,
    current: Vec<u8>,
    pending: Vec<Write>,
}

impl Inode {
    fn write(&mut self, write: Write) {
        perform(&write, &mut self.current);
        self.pending.push(write);
    }

    /// Every content a power cut can leave.
    fn leftovers(&self) -> Vec<Vec<u8>> {
        let mut found = vec![self.durable.clone()];
        let mut base = self.durable.clone();
        for write in &self.pending {
            if let Write::Append(bytes) = write {
                for cut in cuts(bytes.len()) {
                    let rest = bytes.len() - cut;
                    found.push([&base, &bytes[..cut]].concat());
                    found.push([&base, &bytes[..cut], &vec![0; rest]].concat());
                    found.push([&base, &vec![0; cut][..], &bytes[cut..]].concat());
                }
            }
            perform(write, &mut base);
            found.push(base.clone());
        }
        found
    }
}

fn perform(write: &Write, content: &mut Vec<u8>) {
    match write {
        Write::Append(bytes) => content.extend(bytes),
        Write::Truncate(length) => content.resize(*length, 0),
    }
}

/// Where a write is torn: eight places, every sector, and one byte from each end; everywhere when
/// `APLOMB_EXHAUSTIVE` is set.
fn cuts(length: usize) -> BTreeSet<usize> {
    if std::env::var_os("APLOMB_EXHAUSTIVE").is_some() {
        return (1..=length).collect();
    }
    (1..8)
        .map(|eighth| length * eighth / 8)
        .chain((512..length).step_by(512))
        .chain([1, length.saturating_sub(1), length])
        .filter(|cut| (1..=length).contains(cut))
        .collect()
}

/// Everything a disk knows at one moment.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    durable: BTreeMap<PathBuf, Node>,
    current: BTreeMap<PathBuf, Node>,
    pending: Vec<NameOp>,
    inodes: Vec<Inode>,
}

impl Moment {
    fn of(image: &Image) -> Self {
        let mut moment = Self::default();
        for (path, content) in image {
            let node = match content {
                None => Node::Dir,
                Some(bytes) => {
                    let (durable, current) = (bytes.clone(), bytes.clone());
                    moment.inodes.push(Inode {
                        durable,
                        current,
                        pending: Vec::new(),
                    });
                    Node::File(moment.inodes.len() - 1)
                }
            };
            moment.durable.insert(path.clone(), node);
        }
        moment.current = moment.durable.clone();
        moment
    }

    /// What every reader sees while the power is on.
    pub fn live(&self) -> Image {
        image(&self.current, |inode| self.inodes[inode].current.clone())
    }

    /// What is left when nothing pending survives.
    pub fn durable(&self) -> Image {
        image(&reachable(&self.durable), |inode| {
            self.inodes[inode].durable.clone()
        })
    }

    /// Every distinct state a power cut can leave at this moment.
    pub fn power_cuts(&self) -> BTreeSet<Image> {
        const SUBSETS_UP_TO: usize = 5;
        let count = self.pending.len();
        let kept: Vec<Vec<bool>> = if count <= SUBSETS_UP_TO {
            (0..1_usize << count)
                .map(|mask| (0..count).map(|n| mask >> n & 1 == 1).collect())
                .collect()
        } else {
            (0..=count)
                .map(|prefix| (0..count).map(|n| n < prefix).collect())
                .collect()
        };
        let mut images = BTreeSet::new();
        for kept in kept {
            let mut names = self.durable.clone();
            for (op, _) in self.pending.iter().zip(kept).filter(|(_, kept)| *kept) {
                op.perform(&mut names);
            }
            let names = reachable(&names);
            let mut states = vec![Image::new()];
            for (path, node) in &names {
                let contents = match node {
                    Node::Dir => vec![None],
                    Node::File(inode) => self.inodes[*inode]
                        .leftovers()
                        .into_iter()
                        .map(Some)
                        .collect(),
                };
                states = states
                    .iter()
                    .flat_map(|state| {
                        contents.iter().map(|content| {
                            let mut state = state.clone();
                            state.insert(path.clone(), content.clone());
                            state
                        })
                    })
                    .collect();
            }
            images.extend(states);
        }
        images
    }
}

/// The names whose folders all exist.
fn reachable(names: &BTreeMap<PathBuf, Node>) -> BTreeMap<PathBuf, Node> {
    let is_reachable = |path: &Path| {
        path.ancestors()
            .skip(1)
            .all(|folder| folder == Path::new("/") || names.get(folder) == Some(&Node::Dir))
    };
    names
        .iter()
        .filter(|(path, _)| is_reachable(path))
        .map(|(path, node)| (path.clone(), *node))
        .collect()
}

fn image(names: &BTreeMap<PathBuf, Node>, content: impl Fn(usize) -> Vec<u8>) -> Image {
    names
        .iter()
        .map(|(path, node)| {
            let content = match node {
                Node::Dir => None,
                Node::File(inode) => Some(content(*inode)),
            };
            (path.clone(), content)
        })
        .collect()
}

/// One step asked of the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Read(PathBuf),
    CreateDir,
    Create(PathBuf),
    Append(PathBuf),
    Truncate,
    SyncFile(PathBuf),
    SyncDir { after: Box<Step> },
    Rename(PathBuf),
    Remove(PathBuf),
    Other,
}

/// A failure to inject.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Number of the call that fails, from 0.
    pub call: usize,
    /// Error number of the system.
    pub errno: i32,
    /// Every later call fails too.
    pub lasts: bool,
    /// Half of the bytes are written first.
    pub is_short: bool,
}

/// Changes a step of the protocol, to check that the tests notice.
pub type Sabotage = fn(&Step) -> bool;

/// Changes what is read, to play a reader without one of its checks.
pub type Forgery = fn(&Path, Vec<u8>, &Image) -> Vec<u8>;

#[derive(Debug, Default)]
struct Inner {
    moment: Moment,
    moments: Vec<(Moment, usize)>,
    acknowledged: usize,
    calls: usize,
    last: Option<Step>,
}

/// The disk.
#[derive(Debug, Default)]
pub struct SimulatedDisk {
    inner: Mutex<Inner>,
    pub fault: Option<Fault>,
    /// Steps that are skipped, yet reported as done.
    pub skipped: Option<Sabotage>,
    /// Renames done by writing over the target.
    pub renamed_in_place: Option<Sabotage>,
    pub forged: Option<Forgery>,
    /// Keeps every moment, to cut the power at each.
    pub is_recorded: bool,
}

impl SimulatedDisk {
    pub fn of(image: &Image) -> Self {
        let disk = Self::default();
        disk.inner().moment = Moment::of(image);
        disk
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no test panics inside")
    }

    /// Says that one more change was acknowledged.
    pub fn acknowledge(&self) {
        let mut inner = self.inner();
        inner.acknowledged += 1;
        self.keep(&mut inner);
    }

    pub fn moment(&self) -> Moment {
        self.inner().moment.clone()
    }

    /// Every moment, with the number of changes acknowledged by then.
    pub fn moments(&self) -> Vec<(Moment, usize)> {
        self.inner().moments.clone()
    }

    /// How many calls it answered.
    pub fn calls(&self) -> usize {
        self.inner().calls
    }

    fn keep(&self, inner: &mut Inner) {
        if self.is_recorded {
            let kept = (inner.moment.clone(), inner.acknowledged);
            inner.moments.push(kept);
        }
    }

    /// One call: fails, is skipped, or is done; then the moment is kept.
    fn call<T: Default>(
        &self,
        step: Step,
        action: impl FnOnce(&mut Moment, bool) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut inner = self.inner();
        let number = inner.calls;
        inner.calls += 1;
        let fault = self
            .fault
            .filter(|f| number == f.call || f.lasts && number > f.call);
        let step = match step {
            Step::SyncDir { .. } => Step::SyncDir {
                after: Box::new(inner.last.clone().unwrap_or(Step::Other)),
            },
            step => step,
        };
        let is_skipped = self.skipped.is_some_and(|skipped| skipped(&step));
        inner.last = Some(step);
        let result = match fault {
            Some(fault) => {
                if fault.is_short {
                    // Only writes look at this; the result of the others is thrown away unmade.
                    let _ = action(&mut inner.moment, true);
                }
                Err(io::Error::from_raw_os_error(fault.errno))
            }
            None if is_skipped => Ok(T::default()),
            None => action(&mut inner.moment, false),
        };
        self.keep(&mut inner);
        result
    }
}

fn not_found<T>() -> io::Result<T> {
    Err(io::Error::from(io::ErrorKind::NotFound))
}

impl Moment {
    fn file(&mut self, path: &Path) -> io::Result<&mut Inode> {
        match self.current.get(path) {
            Some(Node::File(inode)) => Ok(&mut self.inodes[*inode]),
            _ => not_found(),
        }
    }

    fn has_folder_of(&self, path: &Path) -> bool {
        path.parent().is_some_and(|folder| {
            folder == Path::new("/") || self.current.get(folder) == Some(&Node::Dir)
        })
    }

    fn rename_names(&mut self, op: NameOp) {
        op.perform(&mut self.current);
        self.pending.push(op);
    }

    fn new_file(&mut self, path: &Path) {
        self.inodes.push(Inode::default());
        let node = Node::File(self.inodes.len() - 1);
        self.rename_names(NameOp::Set(path.to_owned(), node));
    }

    /// Adds these bytes to a file, or the first half of them where the call falls short.
    fn add(&mut self, path: &Path, bytes: &[u8], is_short: bool) -> io::Result<()> {
        let end = bytes.len() / if is_short { 2 } else { 1 };
        let added = Write::Append(bytes[..end].to_vec());
        self.file(path)?.write(added);
        Ok(())
    }
}

impl Disk for SimulatedDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let forged = self.forged;
        self.call(Step::Read(path.to_owned()), |moment, is_short| {
            if is_short {
                return Ok(Vec::new());
            }
            let mut bytes = moment.file(path)?.current.clone();
            bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            Ok(match forged {
                Some(forged) => forged(path, bytes, &moment.live()),
                None => bytes,
            })
        })
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.call(Step::Other, |moment, _| {
            Ok(path == Path::new("/") || moment.current.contains_key(path))
        })
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.call(Step::CreateDir, |moment, is_short| {
            if !is_short {
                moment.rename_names(NameOp::Set(path.to_owned(), Node::Dir));
            }
            Ok(())
        })
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.call(Step::Create(path.to_owned()), |moment, is_short| {
            if moment.current.contains_key(path) {
                return Err(io::Error::from(io::ErrorKind::AlreadyExists));
            }
            if !moment.has_folder_of(path) {
                return not_found();
            }
            moment.new_file(path);
            moment.add(path, bytes, is_short)
        })
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.call(Step::Append(path.to_owned()), |moment, is_short| {
            if !moment.has_folder_of(path) {
                return not_found();
            }
            if !moment.current.contains_key(path) {
                moment.new_file(path);
            }
            moment.add(path, bytes, is_short)
        })
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.call(Step::Truncate, |moment, is_short| {
            let length = usize::try_from(length).expect("small");
            if !is_short {
                moment.file(path)?.write(Write::Truncate(length));
            }
            Ok(())
        })
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.call(Step::SyncFile(path.to_owned()), |moment, is_short| {
            let inode = moment.file(path)?;
            if !is_short {
                inode.durable = inode.current.clone();
                inode.pending.clear();
            }
            Ok(())
        })
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.call(
            Step::SyncDir {
                after: Box::new(Step::Other),
            },
            |moment, is_short| {
                if !is_short {
                    let (durable, pending): (Vec<_>, Vec<_>) =
                        moment.pending.drain(..).partition(|op| op.folder() == path);
                    for op in durable {
                        op.perform(&mut moment.durable);
                    }
                    moment.pending = pending;
                }
                Ok(())
            },
        )
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let step = Step::Rename(to.to_owned());
        let in_place = self
            .renamed_in_place
            .is_some_and(|in_place| in_place(&step));
        self.call(step, |moment, is_short| {
            let Some(node) = moment.current.get(from).copied() else {
                return not_found();
            };
            if is_short {
                return Ok(());
            }
            if in_place && moment.current.contains_key(to) {
                let bytes = moment.file(from)?.current.clone();
                let target = moment.file(to)?;
                target.write(Write::Truncate(0));
                target.write(Write::Append(bytes));
                moment.rename_names(NameOp::Remove(from.to_owned()));
            } else {
                moment.rename_names(NameOp::Rename(from.to_owned(), to.to_owned(), node));
            }
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(Step::Remove(path.to_owned()), |moment, is_short| {
            if !moment.current.contains_key(path) {
                return not_found();
            }
            if !is_short {
                moment.rename_names(NameOp::Remove(path.to_owned()));
            }
            Ok(())
        })
    }

    fn lock(&self, _path: &Path) -> io::Result<Locked> {
        self.call(Step::Other, |_, _| Ok(()))?;
        Ok(Locked::Held(Box::new(())))
    }
}
