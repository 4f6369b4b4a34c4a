// Loaded with --require: the clock of this process is off by SHIFTED_CLOCK seconds.
const RealDate = Date;
const shift = Number(process.env.SHIFTED_CLOCK) * 1000;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shift);
    else super(...args);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
