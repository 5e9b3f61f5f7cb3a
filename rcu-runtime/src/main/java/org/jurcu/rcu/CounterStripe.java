package org.jurcu.rcu;

/** 128 bytes behind {@link CounterWords}. */
final class CounterStripe extends CounterWords {
    byte z000, z001, z002, z003, z004, z005, z006, z007;
    byte z008, z009, z010, z011, z012, z013, z014, z015;
    byte z016, z017, z018, z019, z020, z021, z022, z023;
    byte z024, z025, z026, z027, z028, z029, z030, z031;
    byte z032, z033, z034, z035, z036, z037, z038, z039;
    byte z040, z041, z042, z043, z044, z045, z046, z047;
    byte z048, z049, z050, z051, z052, z053, z054, z055;
    byte z056, z057, z058, z059, z060, z061, z062, z063;
    byte z064, z065, z066, z067, z068, z069, z070, z071;
    byte z072, z073, z074, z075, z076, z077, z078, z079;
    byte z080, z081, z082, z083, z084, z085, z086, z087;
    byte z088, z089, z090, z091, z092, z093, z094, z095;
    byte z096, z097, z098, z099, z100, z101, z102, z103;
    byte z104, z105, z106, z107, z108, z109, z110, z111;
    byte z112, z113, z114, z115, z116, z117, z118, z119;
    byte z120, z121, z122, z123, z124, z125, z126, z127;

    CounterStripe(long initial) {
        super(initial);
    }
}
