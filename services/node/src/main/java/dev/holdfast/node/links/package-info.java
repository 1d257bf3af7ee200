/**
 * Links between nodes that share one host: relays that can fall silent.
 *
 * <p>The difference between a killed process and a machine without power is what its peers see. The kernel of a killed
 * process tells them at once by a reset; a dead machine tells them nothing. To test (and demonstrate) the second without
 * privileges, everything between nodes passes a relay that can drop bytes without closing anything.
 *
 * <ul>
 * <li>A <em>direction</em> is i→j, whoever opened the connection: one connection is two {@link
 *     dev.holdfast.node.links.Flow flows}, one in each direction.</li>
 * <li>A cut direction swallows bytes, ends of stream and deaths of processes alike. A write to a dead peer fails only in
 *     the relay; the news would travel in the other direction and is delivered only if that one is open.</li>
 * <li>A handshake needs both directions, so a cut of either stops new connections: they time out, see
 *     {@link dev.holdfast.node.links.RelayListener}.</li>
 * <li>What was swallowed is never retransmitted, unlike real TCP after a short outage. So a connection that lost
 *     anything stays silent until both directions work and is then reset: no stream with a hole is ever delivered. One
 *     that was idle during the cut lives on.</li>
 * <li>Differences from a real network that remain: where nothing listens a client is accepted and then reset, instead
 *     of refused; a delay holds bytes up, not handshakes.</li>
 * </ul>
 */
package dev.holdfast.node.links;
