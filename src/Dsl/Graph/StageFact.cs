namespace Weir.Graph;

/// <summary>Something that a stage says of itself.</summary>
/// <param name="Subject">What it is about: <c>windows</c>, <c>state</c>, <c>late records</c>.</param>
/// <param name="Text">What is so, for people.</param>
public sealed record StageFact(string Subject, string Text);
