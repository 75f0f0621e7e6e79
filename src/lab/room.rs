//! A class that joins from other machines: a short code lets them in, and each keeps a copy of the market of its own.
//!
//! Those who joined change their own copy, vote, and see what the teacher shows; saving, and what is shown, is the teacher's.
//! What they send is not encrypted: the code keeps strangers out who do not listen.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fast_qr::QRBuilder;
use serde::Serialize;
use serde_json::Value as Json;
use subtle::ConstantTimeEq;

use super::key::{new_key, random};
use super::rate::Rate;

/// Letters of a code: none that is taken for another.
const LETTERS: &[u8; 28] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456";

/// Letters in a code.
const LENGTH: usize = 6;

/// Most who can join.
const MOST: usize = 200;

/// Wrong codes that may be tried at once, and how many more each second: guessing one takes months.
const TRIES: (f64, f64) = (30.0, 1.0);

/// What one of them may ask at once, and how much more each second.
const OWN: (f64, f64) = (60.0, 15.0);

/// A room that a class can join.
#[derive(Debug)]
pub(super) struct Room {
    address: IpAddr,
    port: u16,
    code: String,
    tries: Mutex<Rate>,
    members: Mutex<BTreeMap<String, Member>>,
    shown: Mutex<Shown>,
}

/// One who joined.
#[derive(Debug)]
struct Member {
    rate: Rate,
    /// By scenario: the answer that they voted for.
    votes: BTreeMap<usize, usize>,
}

/// What the teacher shows.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Shown {
    /// How often it changed.
    pub revision: u64,
    /// Which scenario.
    pub scenario: usize,
    /// What is changed in it.
    pub changes: Vec<(String, Json)>,
    /// Whether what a vote came to is shown.
    pub revealed: bool,
}

/// Why somebody may not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// The code or the key is another one.
    Away,
    /// Too many came at once.
    Later,
}

impl Room {
    /// A room at an address of this machine, with a code that nobody knows yet.
    pub fn new(address: IpAddr, port: u16) -> Result<Self, getrandom::Error> {
        let letters = random::<LENGTH>()?.map(|byte| LETTERS[usize::from(byte) % LETTERS.len()]);
        Ok(Self {
            address,
            port,
            code: letters.map(char::from).iter().collect(),
            tries: Mutex::new(Rate::new(TRIES)),
            members: Mutex::default(),
            shown: Mutex::default(),
        })
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The name and port by which browsers call it.
    pub fn host(&self) -> String {
        match self.address {
            IpAddr::V4(address) => format!("{address}:{}", self.port),
            IpAddr::V6(address) => format!("[{address}]:{}", self.port),
        }
    }

    /// Where to join, with the code.
    pub fn address(&self) -> String {
        format!("http://{}/#code={}", self.host(), self.code)
    }

    /// That address as a picture for cameras; none where it is too long for one.
    pub fn picture(&self) -> Option<String> {
        let code = QRBuilder::new(self.address()).build().ok()?;
        let size = code.size;
        let mut path = String::new();
        for row in 0..size {
            for column in (0..size).filter(|&column| code[row][column].value()) {
                path += &format!("M{} {}h1v1h-1z", column + 4, row + 4);
            }
        }
        let side = size + 8;
        Some(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
        ))
    }

    fn members(&self) -> MutexGuard<'_, BTreeMap<String, Member>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody in who has the code, with a key of their own.
    pub fn join(&self, code: &str) -> Result<String, Turned> {
        let given = code.trim().to_ascii_uppercase();
        if !bool::from(given.as_bytes().ct_eq(self.code.as_bytes())) {
            let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
            return Err(if tries.has_time() {
                Turned::Away
            } else {
                Turned::Later
            });
        }
        let key = new_key().map_err(|_| Turned::Later)?;
        let mut members = self.members();
        if members.len() >= MOST {
            return Err(Turned::Later);
        }
        let member = Member {
            rate: Rate::new(OWN),
            votes: BTreeMap::new(),
        };
        members.insert(key.clone(), member);
        Ok(key)
    }

    /// Whether a key is that of somebody who joined, and has not asked too much.
    pub fn admit(&self, key: &str) -> Result<(), Turned> {
        let mut members = self.members();
        let member = members.get_mut(key).ok_or(Turned::Away)?;
        if member.rate.has_time() {
            Ok(())
        } else {
            Err(Turned::Later)
        }
    }

    /// Somebody votes; the latest counts.
    pub fn vote(&self, key: &str, scenario: usize, answer: usize) {
        if let Some(member) = self.members().get_mut(key) {
            member.votes.insert(scenario, answer);
        }
    }

    /// How many joined, and how many of them voted for each answer of a scenario.
    pub fn votes(&self, scenario: usize, answers: usize) -> (usize, Vec<usize>) {
        let members = self.members();
        let mut counts = vec![0; answers];
        for answer in members
            .values()
            .filter_map(|member| member.votes.get(&scenario))
        {
            if let Some(count) = counts.get_mut(*answer) {
                *count += 1;
            }
        }
        (members.len(), counts)
    }

    /// One's own vote among the answers of a scenario.
    pub fn votes_of(&self, key: &str, scenario: usize, answers: usize) -> Vec<usize> {
        let members = self.members();
        let own = members
            .get(key)
            .and_then(|member| member.votes.get(&scenario));
        (0..answers)
            .map(|answer| usize::from(own == Some(&answer)))
            .collect()
    }

    /// The teacher shows another market.
    pub fn show(&self, scenario: usize, changes: Vec<(String, Json)>, revealed: bool) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same =
            (shown.scenario, &shown.changes, shown.revealed) == (scenario, &changes, revealed);
        // the first market that is shown counts as a change
        if !is_same || shown.revision == 0 {
            *shown = Shown {
                revision: shown.revision + 1,
                scenario,
                changes,
                revealed,
            };
        }
    }

    /// What the teacher shows.
    pub fn shown(&self) -> Shown {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Room {
        Room::new(IpAddr::from([192, 168, 1, 20]), 81).expect("random bytes")
    }

    #[test]
    fn the_code_lets_in_and_nothing_else_does() {
        let room = room();
        assert_eq!(
            room.address(),
            format!("http://192.168.1.20:81/#code={}", room.code())
        );
        let key = room
            .join(&format!(" {} ", room.code().to_lowercase()))
            .expect("the code");
        assert_eq!(room.admit(&key), Ok(()));
        assert_eq!(room.admit(room.code()), Err(Turned::Away));
        assert_ne!(room.join(room.code()), Ok(key));
        for wrong in [
            "",
            "AAAAAA",
            &room.code()[1..],
            &format!("{}A", room.code()),
        ] {
            assert_eq!(room.join(wrong), Err(Turned::Away), "{wrong}");
        }
        let tried = (0..1000)
            .filter(|_| room.join("x") == Err(Turned::Away))
            .count();
        assert!(tried < 60, "{tried} guesses at once");
        assert!(
            room.join(room.code()).is_ok(),
            "who has the code is not kept waiting by those who guess"
        );
    }

    #[test]
    fn everybody_has_one_vote_for_each_scenario() {
        let room = room();
        let keys: Vec<String> = (0..3)
            .map(|_| room.join(room.code()).expect("the code"))
            .collect();
        room.vote(&keys[0], 0, 1);
        room.vote(&keys[0], 0, 2);
        room.vote(&keys[1], 0, 2);
        room.vote(&keys[2], 1, 0);
        room.vote("nobody", 0, 0);
        room.vote(&keys[2], 0, 99);
        assert_eq!(room.votes(0, 3), (3, vec![0, 0, 2]));
        assert_eq!(room.votes(1, 2), (3, vec![1, 0]));
    }

    #[test]
    fn what_is_shown_is_counted() {
        let room = room();
        room.show(0, Vec::new(), false);
        room.show(
            1,
            vec![("market.data_pooling".to_owned(), true.into())],
            true,
        );
        room.show(
            1,
            vec![("market.data_pooling".to_owned(), true.into())],
            true,
        );
        let shown = room.shown();
        assert_eq!(
            (shown.revision, shown.scenario, shown.changes.len()),
            (2, 1, 1)
        );
        assert!(shown.revealed);
    }

    #[test]
    fn the_picture_holds_the_address() {
        let picture = room().picture().expect("it is short");
        assert!(picture.starts_with("<svg") && picture.matches("h1v1h-1z").count() > 200);
    }

    #[test]
    fn one_who_asks_too_much_is_slowed_down_alone() {
        let room = room();
        let [one, other] = [0, 1].map(|_| room.join(room.code()).expect("the code"));
        let asked = (0..500).filter(|_| room.admit(&one).is_ok()).count();
        assert!((60..120).contains(&asked), "{asked}");
        assert_eq!(room.admit(&other), Ok(()));
    }
}
