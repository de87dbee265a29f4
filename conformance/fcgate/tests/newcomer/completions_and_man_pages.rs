//! `fcgate completions` and `fcgate man`.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial(
            "completions_of_every_shell_contain_every_command",
            completions,
        ),
        trial("every_command_has_a_man_page", pages),
    ]
}

/// The commands that the help lists.
fn commands(project: &Project) -> Vec<String> {
    let help = project.fcgate(&["--help"]).stdout;
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
        let output = project.fcgate(&["completions", shell]);
        assert_eq!(output.code, Some(0), "{shell}");
        for command in &commands {
            assert!(
                output.stdout.contains(command.as_str()),
                "{shell}: {command}"
            );
        }
        assert!(!output.stdout.contains("supervise"), "{shell}");
    }
    assert_eq!(project.fcgate(&["completions", "tcsh"]).code, Some(2));
}

fn pages() {
    let project = Project::new();
    let whole = project.fcgate(&["man"]).stdout;
    assert!(whole.contains(".TH fcgate 1"), "{whole}");
    for command in commands(&project) {
        assert!(whole.contains(&command), "{command}");
        if command != "help" {
            let output = project.fcgate(&["man", &command]);
            assert!(
                output.stdout.contains(".SH SYNOPSIS"),
                "{command}: {}",
                output.stderr
            );
        }
    }
    assert_eq!(project.fcgate(&["man", "jump"]).code, Some(2));
}
