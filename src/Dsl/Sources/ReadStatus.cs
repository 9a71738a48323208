namespace Weir;

/// <summary>What a reader expects of its next call.</summary>
public enum ReadStatus
{
    /// <summary>There is more.</summary>
    Available,

    /// <summary>Nothing now, perhaps later: the reader calls <see cref="SourceContext.Wake"/> when it should be asked again.</summary>
    Pending,

    /// <summary>The split has ended for good.</summary>
    End,
}
