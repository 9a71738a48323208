namespace Weir;

/// <summary>Why a checkpoint was taken.</summary>
public enum CheckpointKind
{
    /// <summary>Its interval had passed.</summary>
    Periodic,

    /// <summary>Somebody asked for it.</summary>
    Manual,

    /// <summary>Somebody asked for a savepoint: a copy that stands on its own. With or without a stop of the job.</summary>
    Savepoint,

    /// <summary>The last one: all sources had ended, or somebody stopped the job.</summary>
    Final,
}
