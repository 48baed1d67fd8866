// Tells the organizers that a person has seen the invitation; programs that follow links do not run this.
fetch("opened/", { method: "POST", keepalive: true }).catch(() => {});
