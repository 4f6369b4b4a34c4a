package io.sluice.state.example;

/** What the example reads. */
public class Payment {
    public String account;
    public long cents;

    public Payment() {}

    Payment(String account, long cents) {
        this.account = account;
        this.cents = cents;
    }
}
