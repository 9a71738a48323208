namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What a verb is to those who follow streams.</summary>
internal enum VerbRole
{
    /// <summary>It is no verb.</summary>
    None,

    /// <summary>It says more of the stage before it, and makes none.</summary>
    Note,

    /// <summary>Gives records their event times.</summary>
    Time,

    /// <summary>Keys the stream.</summary>
    Key,

    /// <summary>Treats each record by itself, as <see cref="RecordVerb"/> says.</summary>
    Record,

    /// <summary>Cuts a keyed stream into windows.</summary>
    Cut,

    /// <summary>Says more of windows: when they fire, what becomes of late records.</summary>
    Windowing,

    /// <summary>Puts two streams side by side for the verb behind it.</summary>
    Pairing,

    /// <summary>Takes what the stage before it puts out beside its results.</summary>
    Beside,

    /// <summary>Folds the records of each window, or keeps them for a process.</summary>
    Fold,

    /// <summary>Sends each record into one of several streams.</summary>
    Split,

    /// <summary>Hands each record to an operator that keeps state by key.</summary>
    Keyed,

    /// <summary>Makes a stage that is never part of a loop: a source, a sink, an exchange, an operator with state.</summary>
    Boundary,
}
