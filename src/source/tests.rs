//! Folders and files as people have them.

use super::{Format, Input, Kind, Plan, Problem, from_here};
use std::fs;
use std::path::{Path, PathBuf};

/// A configuration that names no file.
fn nobody(_: &Path) -> Option<Format> {
    None
}

/// A folder that is removed at the end of its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("tonelint-{}-{name}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(root)
    }

    fn plan(&self) -> Plan {
        Plan::of(&[&self.0], None, &nobody)
    }

    fn names(&self, plan: &Plan) -> Vec<String> {
        let name = |i: &Input| i.path().strip_prefix(&self.0).unwrap().display().to_string();
        plan.inputs.iter().map(name).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_gives_its_documents_in_order() {
    let mail = "From: a@b.example\nTo: c@d.example\n\nHi";
    let folder = Folder::new(
        "order",
        &[
            ("b.txt", ""),
            ("a.md", ""),
            ("sub/c.EML", ""),
            ("1700000000.M1", mail),
            ("cur", mail),
            ("Makefile", "all:\n"),
            ("x.png", ""),
            (".hidden.txt", ""),
            ("old.txt", ""),
            (".ignore", "old.txt\n"),
        ],
    );
    let plan = folder.plan();
    assert!(plan.errors.is_empty());
    assert_eq!(folder.names(&plan), ["a.md", "b.txt", "cur", "sub/c.EML"]);
    assert_eq!(plan.inputs[2].read().unwrap().kind, Kind::Eml);
}

#[test]
fn a_file_that_is_named_is_read_even_if_ignored() {
    let folder = Folder::new("named", &[("old.txt", "x"), (".ignore", "*\n")]);
    assert!(matches!(folder.plan().errors[0].problem, Problem::EmptyFolder));
    let plan = Plan::of(&[folder.0.join("old.txt")], None, &nobody);
    assert_eq!(plan.inputs[0].read().unwrap().bytes, b"x");
}

#[test]
fn unknown_types_are_errors_unless_they_are_mails() {
    let mail = "Return-Path: <a@b.example>\nSubject: x\n\nHi";
    let folder = Folder::new("types", &[("a.docx", "PK"), ("17.M1:2,S", mail)]);
    let plan = Plan::of(&[folder.0.join("a.docx"), folder.0.join("17.M1:2,S")], None, &nobody);
    let error = plan.inputs[0].read().unwrap_err();
    assert!(matches!(&error.problem, Problem::UnknownType(t) if t == "docx"));
    assert!(error.to_string().contains("a.docx: files of type .docx"));
    assert_eq!(plan.inputs[1].read().unwrap().kind, Kind::Eml);
}

#[test]
fn one_bad_path_does_not_stop_the_others() {
    let folder = Folder::new("bad", &[("a.txt", "x")]);
    let named = [folder.0.join("missing.txt"), folder.0.join("a.txt"), folder.0.join("a.txt")];
    let plan = Plan::of(&named, None, &nobody);
    assert_eq!(plan.inputs.len(), 1);
    assert!(plan.errors[0].to_string().contains("missing.txt: cannot be read"));
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let plan = Plan::of(&["-"], Some(Path::new("reply.html")), &nobody);
    assert_eq!(plan.inputs[0].path(), Path::new("reply.html"));
    assert_eq!(Plan::of(&["-"], Some(Path::new("x.pdf")), &nobody).errors.len(), 1);
    let none: [&str; 0] = [];
    assert!(matches!(Plan::of(&none, None, &nobody).errors[0].problem, Problem::NothingNamed));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_passed_over() {
    let folder = Folder::new("loop", &[("a.txt", "x")]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("again")).unwrap();
    let plan = folder.plan();
    assert!(plan.errors.is_empty());
    assert_eq!(folder.names(&plan), ["a.txt"]);
}

#[test]
fn tables_that_nobody_names_are_kept_in_mind() {
    let folder = Folder::new("tables", &[("a.md", "x"), ("sub/prices.csv", "a,b\n1,2\n"), ("package.json", "{}")]);
    let plan = folder.plan();
    assert_eq!(folder.names(&plan), ["a.md"]);
    assert_eq!(plan.tables, [folder.0.join("sub/prices.csv")]);
    let named = |path: &Path| Format::named(path);
    assert!(Plan::of(&[&folder.0], None, &named).tables.is_empty());
}

#[test]
fn what_is_taken_at_the_users_word_is_known() {
    let folder = Folder::new(
        "word",
        &[("LICENSE", "Do as you like."), ("a.txt", "x"), ("17.M1", "From: a@b.example\nTo: c@d.example\n\nHi")],
    );
    let plan = Plan::of(&["LICENSE", "a.txt", "17.M1"].map(|name| folder.0.join(name)), None, &nobody);
    let taken = |input: &Input| input.is_taken_at_word(&input.read().unwrap());
    assert_eq!(plan.inputs.iter().map(taken).collect::<Vec<_>>(), [true, false, false]);
    let mut plan = Plan::of(&["-"], Some(Path::new("x.pdf")), &nobody);
    assert_eq!((plan.ignore_unknown(), plan.errors.len()), (1, 0));
}

#[test]
fn paths_from_here_are_told_without_a_dot() {
    let told = ["./a.txt", ".", "./sub/./b.md", "../c.txt", "/d.txt", "e.txt"].map(|path| from_here(Path::new(path)));
    assert_eq!(told, ["a.txt", ".", "sub/b.md", "../c.txt", "/d.txt", "e.txt"].map(PathBuf::from));
    let error = Plan::of(&["./missing.txt"], None, &nobody).errors.remove(0);
    assert_eq!(error.path, Path::new("missing.txt"));
}
