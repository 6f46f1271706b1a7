package org.pombal.operations;

/** Is told how far a long operation is. May be called on any thread; must not block. */
@FunctionalInterface
public interface Progress {

    Progress NONE = text -> {};

    /** @param text as "200 of 1000 groups created" */
    void at(String text);
}
