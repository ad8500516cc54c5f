//! Which requests are answered at all. A page of another site can have its name lead to this machine and read
//! what it was never shown (DNS rebinding); so a request has to call this server by a name that only it has.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The names that requests may call this server by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    host: IpAddr,
}

impl Hosts {
    /// The names of a server that listens at an address.
    pub fn listening_at(host: IpAddr) -> Self {
        Self { host }
    }

    /// Whether a request to this host, as its `Host` says, is answered. The port is not looked at: it is
    /// another one where a container or a tunnel lies in between.
    pub fn answer_to(&self, host: &str) -> bool {
        let name = without_port(host);
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let Ok(address) = bare.unwrap_or(name).parse::<IpAddr>() else {
            return false;
        };
        // Who listens everywhere has addresses that nobody typed. Numbers cannot be made to lead elsewhere.
        address.is_loopback() || address == self.host || self.host.is_unspecified()
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// An address as it stands in links; one that stands for all addresses is called by one that can be opened.
pub(super) fn in_address(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(std::net::Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(address: &str) -> Hosts {
        Hosts::listening_at(address.parse().unwrap())
    }

    #[test]
    fn this_machine_is_called_by_its_own_names() {
        let own = hosts("127.0.0.1");
        for host in [
            "localhost",
            "localhost:8000",
            "LOCALHOST:80",
            "127.0.0.1:8000",
            "[::1]:8000",
            "[::1]",
        ] {
            assert!(own.answer_to(host), "{host}");
        }
        let others = [
            "evil.example",
            "evil.example:8000",
            "localhost.evil.example",
            "192.168.1.5:8000",
            "127.0.0.1.evil.example",
            "",
            ":8000",
            "[::1",
            "localhost:8000:evil",
            "0.0.0.0:8000",
        ];
        for host in others {
            assert!(!own.answer_to(host), "{host}");
        }
    }

    #[test]
    fn who_listens_to_others_is_called_by_numbers() {
        assert!(hosts("192.168.1.5").answer_to("192.168.1.5:8000"));
        assert!(!hosts("192.168.1.5").answer_to("192.168.1.6:8000"));
        assert!(hosts("0.0.0.0").answer_to("10.1.2.3:8000"));
        assert!(hosts("::").answer_to("[fe80::1]:8000"));
        assert!(!hosts("0.0.0.0").answer_to("evil.example:8000"));
    }

    #[test]
    fn what_is_opened_has_an_address() {
        let shown = |address: &str| in_address(address.parse().unwrap()).to_string();
        assert_eq!(shown("0.0.0.0:8000"), "127.0.0.1:8000");
        assert_eq!(shown("[::]:8000"), "[::1]:8000");
        assert_eq!(shown("192.168.1.5:80"), "192.168.1.5:80");
    }
}
