namespace Weir;

/// <summary>What happened to a row.</summary>
public enum RowChangeKind
{
    /// <summary>It was put in.</summary>
    Insert,

    /// <summary>It was changed, its key included.</summary>
    Update,

    /// <summary>It was taken out.</summary>
    Delete,
}
