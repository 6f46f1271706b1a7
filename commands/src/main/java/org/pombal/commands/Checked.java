package org.pombal.commands;

/** The outcome of looking at the parameters of a call: they are good, or they are refused. */
public sealed interface Checked permits Arguments, Refusal {}
