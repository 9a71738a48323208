using System.Globalization;

namespace Weir.Databases.Tests.Doubles;

/// <summary>A row of most tests.</summary>
public sealed record Row(long Id, string? Name, decimal Amount, DateTime At)
{
    public static Row Of(long id) => new(
        id, id % 7 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"name {id}"), id / 4m, DateTime.UnixEpoch.AddSeconds(id));
}
