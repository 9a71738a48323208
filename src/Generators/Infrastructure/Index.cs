namespace System;

/// <summary>List patterns of C# ask for it, and .NET Standard 2.0 has none.</summary>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
