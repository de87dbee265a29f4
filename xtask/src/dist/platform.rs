//! The platforms that have packages, and how each packaging system names them.

/// A platform for which `fcgate` is built.
#[derive(Debug)]
pub(super) struct Platform {
    /// Rust's name of the target.
    pub(super) target: &'static str,
    /// The name of the program's file.
    pub(super) executable: &'static str,
    /// The platform tags of the wheel. A static program runs on every Linux, so its wheel has the oldest tags of both C libraries.
    pub(super) wheel_tags: &'static [&'static str],
    /// The values of `process.platform` and `process.arch` in Node.
    pub(super) node: (&'static str, &'static str),
    /// Debian's name of the architecture.
    pub(super) debian: Option<&'static str>,
    /// The program that runs its programs on another processor.
    pub(super) emulator: Option<&'static str>,
}

pub(super) const PLATFORMS: [Platform; 5] = [
    Platform {
        target: "x86_64-unknown-linux-musl",
        executable: "fcgate",
        wheel_tags: &[
            "manylinux_2_17_x86_64",
            "manylinux2014_x86_64",
            "musllinux_1_1_x86_64",
        ],
        node: ("linux", "x64"),
        debian: Some("amd64"),
        emulator: Some("qemu-x86_64-static"),
    },
    Platform {
        target: "aarch64-unknown-linux-musl",
        executable: "fcgate",
        wheel_tags: &[
            "manylinux_2_17_aarch64",
            "manylinux2014_aarch64",
            "musllinux_1_1_aarch64",
        ],
        node: ("linux", "arm64"),
        debian: Some("arm64"),
        emulator: Some("qemu-aarch64-static"),
    },
    Platform {
        target: "aarch64-apple-darwin",
        executable: "fcgate",
        wheel_tags: &["macosx_11_0_arm64"],
        node: ("darwin", "arm64"),
        debian: None,
        emulator: None,
    },
    Platform {
        target: "x86_64-apple-darwin",
        executable: "fcgate",
        wheel_tags: &["macosx_10_12_x86_64"],
        node: ("darwin", "x64"),
        debian: None,
        emulator: None,
    },
    Platform {
        target: "x86_64-pc-windows-gnu",
        executable: "fcgate.exe",
        wheel_tags: &["win_amd64"],
        node: ("win32", "x64"),
        debian: None,
        emulator: None,
    },
];

impl Platform {
    /// Returns the platform of a Rust target.
    pub(super) fn of(target: &str) -> Result<&'static Self, String> {
        let found = PLATFORMS.iter().find(|one| one.target == target);
        found.ok_or_else(|| {
            let known: Vec<&str> = PLATFORMS.iter().map(|one| one.target).collect();
            format!(
                "expected a target that has packages, got {target:?}; the targets are: {}",
                known.join(", ")
            )
        })
    }

    /// The name of its npm package.
    pub(super) fn npm_name(&self) -> String {
        let (system, processor) = self.node;
        format!("@fcgate/{system}-{processor}")
    }
}
