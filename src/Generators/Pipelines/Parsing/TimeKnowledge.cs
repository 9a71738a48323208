namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Whether records carry event times.</summary>
internal enum TimeKnowledge
{
    /// <summary>They do not.</summary>
    Untimed,

    /// <summary>They do.</summary>
    Timed,

    /// <summary>It depends on what is written elsewhere.</summary>
    Unknown,
}
