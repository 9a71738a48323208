namespace Weir.Generators.Reading;

/// <summary>Where a call stands in a member, whatever else is in the file.</summary>
internal sealed record PlaceModel
{
    /// <summary>The member.</summary>
    public required BodyReadModel In { get; init; }

    /// <summary>Characters from the member's beginning.</summary>
    public required int Start { get; init; }

    /// <summary>Characters of the call.</summary>
    public required int Length { get; init; }
}
