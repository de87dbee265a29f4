//! `fcgate completions` and `fcgate man`.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("every_shell_completes_every_command", completions),
        trial("there_is_a_page_for_every_command", pages),
    ]
}

/// The commands that the help lists.
fn commands(project: &Project) -> Vec<String> {
    let help = project.fcgate(&["--help"]).out;
    let listed = help.split("Commands:\n").nth(1).unwrap();
    let listed = listed.split("\n\n").next().unwrap().lines();
    let first = listed.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let commands: Vec<String> = first.map(str::to_owned).collect();
    assert!(commands.contains(&"run".to_owned()), "{commands:?}");
    for name in ["completions", "man"] {
        assert!(commands.contains(&name.to_owned()), "{commands:?}");
    }
    commands
}

fn completions() {
    let project = Project::new();
    let commands = commands(&project);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = project.fcgate(&["completions", shell]);
        assert_eq!(said.code, Some(0), "{shell}");
        for command in &commands {
            assert!(said.out.contains(command.as_str()), "{shell}: {command}");
        }
        assert!(!said.out.contains("supervise"), "{shell}");
    }
    assert_eq!(project.fcgate(&["completions", "tcsh"]).code, Some(2));
}

fn pages() {
    let project = Project::new();
    let whole = project.fcgate(&["man"]).out;
    assert!(whole.contains(".TH fcgate 1"), "{whole}");
    for command in commands(&project) {
        assert!(whole.contains(&command), "{command}");
        if command != "help" {
            let said = project.fcgate(&["man", &command]);
            assert!(said.out.contains(".SH SYNOPSIS"), "{command}: {}", said.err);
        }
    }
    assert_eq!(project.fcgate(&["man", "jump"]).code, Some(2));
}
