//! Compiles the rules that ship into the binary data that `src/rules/set.rs` includes.

// The compiler serves a project's own rules at run time too; here it is used in part.
#![allow(dead_code)]

#[path = "src/bounded.rs"]
mod bounded;
mod rules {
    #[path = "../src/rules/compile/mod.rs"]
    pub mod compile;
    #[path = "../src/rules/dictionary.rs"]
    pub mod dictionary;
    #[path = "../src/rules/packed.rs"]
    pub mod packed;
    #[path = "../src/rules/program.rs"]
    pub mod program;
    #[path = "../src/rules/prose.rs"]
    pub mod prose;
    #[path = "../src/rules/vocabulary.rs"]
    pub mod vocabulary;
}

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules");
    println!("cargo::rerun-if-changed=src/bounded.rs");
    let files = rules::compile::folder::read(Path::new("rules"))
        .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    let mut compiler = rules::compile::Compiler::default();
    compiler.files(&files).map_err(|error| format!("\n{error}"))?;
    let (dictionary, prose, groundwork) = compiler.finish()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("dictionary.bin"), postcard::to_allocvec(&dictionary)?)?;
    let prose: Vec<_> = prose.into_iter().map(rules::packed::Packed::from).collect();
    std::fs::write(out.join("prose.bin"), postcard::to_allocvec(&prose)?)?;
    std::fs::write(out.join("groundwork.bin"), postcard::to_allocvec(&groundwork)?)?;
    Ok(())
}
