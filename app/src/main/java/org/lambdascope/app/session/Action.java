package org.lambdascope.app.session;

/**
 * Something that changed what is computed.
 *
 * @param at when, in UTC: {@code 2026-01-31T12:34:56Z}
 * @param what was done, for people
 * @param command what reproduces the state after it: lines for a POSIX shell
 */
public record Action(String at, String what, String command) {}
