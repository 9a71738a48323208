namespace Weir.Simulation.Tests.Databases;

/// <summary>Which sink's protocol is followed, and which mistake is made in it.</summary>
internal enum ModelKind
{
    /// <summary>As with PostgreSQL: the server remembers what became of a transaction.</summary>
    Fates,

    /// <summary>As with MariaDB: a row within the transaction remembers that it was committed.</summary>
    Markers,

    /// <summary>As with any other: the rows are in the checkpoint, and are inserted with a marker.</summary>
    Kept,

    /// <summary>A mistake: names do not tell attempts apart.</summary>
    ReusesNames,

    /// <summary>A mistake: what earlier attempts have prepared stays.</summary>
    LeavesStrays,

    /// <summary>A mistake: sessions of earlier attempts are left alone while their prepared transactions are ended.</summary>
    LeavesSessions,

    /// <summary>A mistake: a commit that finds nothing fails, though it was done before.</summary>
    CommitsOnlyOnce,

    /// <summary>A mistake: rows of the checkpoint are inserted without looking for their marker.</summary>
    IgnoresMarkers,

    /// <summary>A mistake: a transaction is committed as soon as it is prepared.</summary>
    CommitsEarly,
}
