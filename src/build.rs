//! Reads and checks the shipped content, and embeds it: the catalogue ready to use, and its files.
//!
//! The reading is done by the very modules of the library. Content with a fault does not build, and
//! the faults are shown with their place.

#[allow(
    dead_code,
    unused_qualifications,
    clippy::allow_attributes,
    clippy::struct_field_names,
    reason = "the library uses the rest of it"
)]
mod domain;

#[allow(
    dead_code,
    clippy::allow_attributes,
    reason = "the library uses the rest of it"
)]
mod content {
    pub(crate) mod loading;
}

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use content::loading;
use content::loading::source::Sources;

fn main() -> ExitCode {
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A build script has no other place to speak.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed=src/domain");
    println!("cargo:rerun-if-changed=src/content/loading");
    let mut files = Vec::new();
    for folder in ["questionnaires", "templates"] {
        collect(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut table = String::from("const FILES: &[(&str, &str)] = &[\n");
    let mut texts = Vec::new();
    for file in &files {
        let name = file
            .strip_prefix(&root)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            table,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        )?;
        texts.push((name, fs::read_to_string(file)?));
    }
    table.push_str("];\n");
    let loaded = loading::read(&Sources::from_texts(texts))
        .map_err(|faults| format!("the content has faults:\n\n{faults}"))?;
    let catalogue = out.join("catalogue.bin");
    fs::write(&catalogue, postcard::to_allocvec(&loaded.catalogue)?)?;
    let path = catalogue.display().to_string();
    writeln!(table, "const CATALOGUE: &[u8] = include_bytes!({path:?});")?;
    fs::write(out.join("embedded.rs"), table)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    Ok(())
}
