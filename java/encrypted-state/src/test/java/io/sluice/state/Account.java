package io.sluice.state;

import java.util.Objects;

/** A mutable POJO, as Flink's own serializer for them takes it. */
public class Account {
    public String owner;
    public long cents;

    public Account() {}

    Account(String owner, long cents) {
        this.owner = owner;
        this.cents = cents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Account
                && Objects.equals(owner, ((Account) other).owner)
                && cents == ((Account) other).cents;
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, cents);
    }
}
