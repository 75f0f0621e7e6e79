//! A real Slurm on this machine does what `flywheel slurm` writes.
//!
//! Needs root and the commands of Debian's packages `slurm-wlm` and `munge`, so it is ignored by default;
//! `.ci/run` installs them where it may and runs it by name. The cluster is one node on the loopback address, with
//! all its files below a temporary folder, and ends with the test.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Four points and three replicates: twelve cells for five tasks.
const SWEEP: &str = r#"
[[sweep.axes]]
key = "populations.town.agency.mean"
values = [0.2, 0.4, 0.6, 0.8]
"#;

/// A daemon that ends with the test.
struct Daemon(Child);

impl Daemon {
    fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A cluster of one node. Fields are dropped in their order: who depends on others ends first.
struct Cluster {
    _node: Daemon,
    _controller: Daemon,
    _munge: Daemon,
    folder: PathBuf,
}

impl Cluster {
    fn start(folder: &Path) -> Self {
        for below in ["state", "spool", "munge"] {
            fs::create_dir(folder.join(below)).expect("a folder");
        }
        let munge = start_munge(&folder.join("munge"));
        let log = |name: &str| fs::File::create(folder.join(name)).expect("a log");
        fs::write(folder.join("slurm.conf"), configuration(folder)).expect("space");
        let daemon = |program: &str| {
            let mut command = Command::new(program);
            command
                .env("SLURM_CONF", folder.join("slurm.conf"))
                .args(["-D", "-f"])
                .arg(folder.join("slurm.conf"))
                .stdout(Stdio::null())
                .stderr(log(&format!("{program}.log")));
            command
        };
        let controller = Daemon::start(&mut daemon("slurmctld"));
        let node = Daemon::start(daemon("slurmd").args(["-N", "here"]));
        let cluster = Self {
            _node: node,
            _controller: controller,
            _munge: munge,
            folder: folder.to_owned(),
        };
        cluster.wait_until("the node is idle", |cluster| {
            let state = cluster.run("sinfo", &["--noheader", "--format=%t"]);
            text(&state.stdout).trim() == "idle"
        });
        cluster
    }

    /// Runs one of Slurm's commands, or a script that does.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(program)
            .args(arguments)
            .env("SLURM_CONF", self.folder.join("slurm.conf"))
            .output()
            .unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            if start.elapsed() > Duration::from_secs(120) {
                let log =
                    |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
                panic!(
                    "not so after two minutes: {what}\n{}\n{}",
                    log("slurmctld.log"),
                    log("slurmd.log")
                );
            }
            sleep(Duration::from_millis(200));
        }
    }
}

/// Starts munge, by which the parts of Slurm know each other, with a key of its own.
fn start_munge(folder: &Path) -> Daemon {
    let key = folder.join("key");
    let bytes: Vec<u8> = (0..128_u8).collect();
    fs::write(&key, bytes).expect("space");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("our file");
    // whoever asks munge has to reach its socket
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("our folder");
    let file = |option: &str, name: &str| format!("--{option}={}", folder.join(name).display());
    let munge = Daemon::start(Command::new("munged").args([
        "--foreground".to_owned(),
        "--force".to_owned(),
        format!("--key-file={}", key.display()),
        file("socket", "socket"),
        file("pid-file", "pid"),
        file("log-file", "log"),
        file("seed-file", "seed"),
    ]));
    let start = Instant::now();
    while !folder.join("socket").exists() {
        assert!(start.elapsed() < Duration::from_secs(30), "munge starts");
        sleep(Duration::from_millis(50));
    }
    munge
}

fn configuration(folder: &Path) -> String {
    let folder = folder.display();
    // ports that nobody else is likely to have
    let port = 20_000 + std::process::id() % 20_000;
    format!(
        "ClusterName=here
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CryptoType=crypto/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
ReturnToService=2
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
SlurmctldParameters=enable_configless
NodeName=here NodeHostname=localhost NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=here Default=YES MaxTime=INFINITE State=UP
",
        port + 1
    )
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn flywheel(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flywheel"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[test]
#[ignore = "needs root, slurm-wlm and munge; .ci/run runs it"]
fn slurm_divides_a_run_and_merges_it() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("our folder");
    chown(folder.path(), Some(0), Some(0)).expect("this test runs as root");
    let cluster_folder = folder.path().join("cluster");
    fs::create_dir(&cluster_folder).expect("a folder");
    let cluster = Cluster::start(&cluster_folder);

    // blanks and a quote, as people have them
    let work = folder.path().join("it's my work");
    fs::create_dir(&work).expect("a folder");
    let market = super::town("market", [200, 20, 3], SWEEP);
    fs::write(work.join("market.toml"), market).expect("space");
    let written = flywheel(
        &work,
        &[
            "slurm",
            "market.toml",
            "--tasks",
            "5",
            "--time",
            "10",
            "--partition",
            "main",
            "--charts",
            "svg",
        ],
    );
    assert!(written.status.success(), "{}", text(&written.stderr));
    let submit = work.join("slurm-market/submit.sh");
    let submitted = cluster.run("sh", &[&submit.display().to_string()]);
    assert!(submitted.status.success(), "{}", text(&submitted.stderr));
    assert!(
        text(&submitted.stdout).starts_with("submitted the parts as job "),
        "{}",
        text(&submitted.stdout)
    );
    cluster.wait_until("all jobs have ended", |cluster| {
        let queue = cluster.run("squeue", &["--noheader"]);
        queue.status.success() && queue.stdout.is_empty()
    });
    let log = |name: &str| {
        let path = work.join("slurm-market/log").join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    assert!(log("part-5.txt").contains("market: part 5/5 with 2 of 12 cells"));
    assert!(
        log("merge.txt").contains("market: merging 5 parts"),
        "{}",
        log("merge.txt")
    );

    let whole = flywheel(
        &work,
        &[
            "run",
            "market.toml",
            "--output",
            "whole",
            "--charts",
            "svg",
            "-q",
        ],
    );
    assert!(whole.status.success(), "{}", text(&whole.stderr));
    for file in [
        "periods.csv",
        "firms.csv",
        "market.csv",
        "summary.csv",
        "points.csv",
        "scenario.toml",
        "charts/sweep-share.svg",
    ] {
        let read = |output: &str| {
            let path = work.join(output).join("market").join(file);
            fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        assert!(read("whole") == read("output"), "{file}");
    }
    let verified = flywheel(&work, &["verify", "output/market", "--rerun", "4"]);
    assert!(verified.status.success(), "{}", text(&verified.stderr));
}
